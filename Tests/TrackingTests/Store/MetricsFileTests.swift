import Foundation
import HDF5
import Measurements
import Testing

@testable import Tracking

@Suite("Metrics file")
struct MetricsFileTests {
  @Test("a history is read back bit for bit", arguments: [0, 1, 5])
  func roundTrip(_ evaluations: Int) throws {
    let history = Samples.history(evaluations: evaluations)
    #expect(try MetricsFile.decode(try MetricsFile.encode(history)) == history)
  }

  @Test("a history without series and tensors is kept too")
  func withoutSeries() throws {
    let row = MetricHistory.Row(
      EvaluationPoint(step: 1, epoch: 1), values: [], tensorDigests: [], attempt: 1)
    let history = MetricHistory(series: [], tensorNames: [], rows: [row])
    #expect(try MetricsFile.decode(try MetricsFile.encode(history)) == history)
  }

  @Test("values of classes and worst images are read back bit for bit", arguments: [0, 1, 3])
  func details(_ evaluations: Int) throws {
    let history = Samples.detailedHistory(evaluations: evaluations)
    let read = try MetricsFile.decode(try MetricsFile.encode(history))
    #expect(read == history)
    #expect(read.cut(toStep: 10).contentDigest == history.cut(toStep: 10).contentDigest)
  }

  @Test("where classes overlap counts are kept by class and answer", arguments: [0, 1, 3])
  func overlapping(_ evaluations: Int) throws {
    var history = Samples.history(evaluations: evaluations)
    let answers = ["absent", "present"]
    history.series[6].axes = [
      .classes(Samples.classNames), SeriesAxis("truth", labels: answers),
      SeriesAxis("prediction", labels: answers),
    ]
    for index in history.rows.indices {
      history.rows[index].values[6] = .counts([5, 1, 2, 3, 4, 0, 7, .max])
    }
    let bytes = try MetricsFile.encode(history)
    #expect(try MetricsFile.decode(bytes) == history)
    let validation = try HDF5File(image: bytes).root.group("validation")
    #expect(try validation.dataset("confusion").shape == [evaluations, 2, 2, 2])
  }

  @Test("a series says what it is in attributes, and its axes are dimension scales")
  func attributes() throws {
    let history = Samples.detailedHistory(evaluations: 2)
    let root = try HDF5File(image: try MetricsFile.encode(history)).root
    let distance = try root.group("validation").group("class").dataset("hausdorff")
    #expect(try distance.textAttribute("title") == "Hausdorff distance")
    #expect(try distance.textAttribute("unit") == "pixels")
    #expect(try distance.integerAttribute("higher_is_better") == 0)
    #expect(try distance.textAttribute("description") == "The distance of each class.")
    #expect(try distance.scaleNames(ofAxis: 0) == ["step", "epoch"])
    #expect(try distance.scaleNames(ofAxis: 1) == ["class"])
    let confusion = try root.group("validation").dataset("confusion")
    #expect(try confusion.scaleNames(ofAxis: 1) == ["truth"])
    #expect(try confusion.scaleNames(ofAxis: 2) == ["prediction"])
    #expect(try !confusion.hasAttribute("higher_is_better"))
    #expect(try root.group("axes").dataset("class").readTexts() == Samples.classNames)
    #expect(try root.group("training").dataset("seconds").textAttribute("unit") == "s")
  }

  @Test("a later definition of a metric is told, and the first by saying nothing")
  func versions() throws {
    var history = Samples.detailedHistory(evaluations: 2)
    history.series[1].version = 3
    let bytes = try MetricsFile.encode(history)
    #expect(try MetricsFile.decode(bytes) == history)
    let validation = try HDF5File(image: bytes).root.group("validation")
    #expect(try validation.dataset("mean_iou").integerAttribute("version") == 3)
    #expect(try !validation.dataset("dice").hasAttribute("version"))
  }

  @Test("axes of one name that differ are two datasets")
  func differingAxes() throws {
    var history = Samples.detailedHistory(evaluations: 2)
    history.series.append(
      SeriesDescription(
        "validation.image.iou", title: "IoU", about: "", axes: [.ranks(1)]))
    for index in history.rows.indices {
      history.rows[index].values.append(.images([RankedImage(name: "a.png", value: 0.5)]))
    }
    let bytes = try MetricsFile.encode(history)
    #expect(try MetricsFile.decode(bytes) == history)
    #expect(
      try HDF5File(image: bytes).root.group("axes").names() == [
        "class", "prediction", "rank", "rank_2", "truth",
      ])
  }

  @Test("everything that is measured is part of the content's digest")
  func detailsInDigest() throws {
    var detailed = Samples.detailedHistory(evaluations: 2)
    let digest = detailed.contentDigest
    #expect(digest != Samples.history(evaluations: 2).contentDigest)
    detailed.rows[0].values[9] = .numbers([0.5, 0.5])
    #expect(detailed.contentDigest != digest)
    detailed = Samples.detailedHistory(evaluations: 2)
    detailed.rows[0].values[10] = .images([RankedImage(name: "c.png", value: -0.5)])
    #expect(detailed.contentDigest != digest)
  }

  @Test("values that do not fill the axes of their series are refused")
  func shapes() {
    for values in [MeasuredValues.number(1), .numbers([1]), .counts([1, 2, 3])] {
      var history = Samples.history(evaluations: 1)
      history.rows[0].values[4] = values
      #expect(throws: StoreError.self) { try MetricsFile.encode(history) }
    }
    var history = Samples.history(evaluations: 1)
    history.rows[0].values.removeLast()
    #expect(throws: StoreError.self) { try MetricsFile.encode(history) }
  }

  @Test("axes whose lengths multiply beyond any number are refused")
  func endlessAxes() throws {
    let axis = SeriesAxis("class", labels: ["a", "b", "c", "d"])
    var history = MetricHistory(
      series: [SeriesDescription("loss", title: "", about: "", axes: [axis])], tensorNames: [])
    for step in 1...4 {
      history.rows.append(
        MetricHistory.Row(
          EvaluationPoint(step: step, epoch: 1), values: [.numbers([1, 2, 3, 4])],
          tensorDigests: [], attempt: 1))
    }
    // 4³¹ values at each of four evaluations are 2⁶⁴, which an integer takes for none.
    let axes = MetricDataset.Attribute(
      name: "axes", value: .text(Array(repeating: "class", count: 31).joined(separator: " ")))
    let datasets = MetricDataset.datasets(of: history).map { dataset in
      guard dataset.path == ["loss"] else { return dataset }
      return MetricDataset(
        path: dataset.path, shape: [4, 0], values: .numbers([]),
        attributes: dataset.attributes.map { $0.name == axes.name ? axes : $0 })
    }
    let file = try HDF5File()
    try file.root.setAttribute("format", to: MetricsFile.format)
    try file.root.setAttribute("format_version", to: MetricsFile.version)
    try MetricsFile.write(datasets, in: file.root)
    let bytes = VouchedImage.bytes(of: try file.image())
    #expect(throws: HDF5Error.self) { try MetricsFile.decode(bytes) }
  }

  @Test("equal histories are equal bytes")
  func equalBytes() throws {
    let first = try MetricsFile.encode(Samples.history(evaluations: 3))
    #expect(try MetricsFile.encode(Samples.history(evaluations: 3)) == first)
    #expect(try MetricsFile.encode(Samples.history(evaluations: 3, offset: 1e-9)) != first)
  }

  @Test("the content's digest ignores how long it took, and nothing else")
  func contentDigest() throws {
    let digest = Samples.history(evaluations: 3).contentDigest
    #expect(Samples.history(evaluations: 3, seconds: 9, attempt: 2).contentDigest == digest)
    #expect(Samples.history(evaluations: 3, offset: 1e-9).contentDigest != digest)
    #expect(Samples.history(evaluations: 2).contentDigest != digest)
    var renamed = Samples.history(evaluations: 3)
    for index in renamed.series.indices {
      for axis in renamed.series[index].axes.indices {
        renamed.series[index].axes[axis].labels[0] = "road"
      }
    }
    #expect(renamed.contentDigest != digest)
    let bytes = try MetricsFile.encode(Samples.history(evaluations: 3))
    #expect(try HDF5File(image: bytes).root.textAttribute("content_sha256") == digest)
  }

  @Test("a changed byte anywhere is found before HDF5 sees it")
  func damage() throws {
    let bytes = try MetricsFile.encode(Samples.history(evaluations: 2))
    for position in stride(from: 0, to: bytes.count, by: 997) {
      var damaged = bytes
      damaged[position] ^= 1
      #expect(throws: HDF5Error.self) { try MetricsFile.decode(damaged) }
    }
    for length in [0, 10, 80, bytes.count - 1] {
      #expect(throws: HDF5Error.self) { try MetricsFile.decode(bytes.prefix(length)) }
    }
  }

  @Test(
    "a name that would share its place with another is refused",
    arguments: [
      ["training.loss", "training.loss"], ["training", "training.loss"], ["a.b.c", "a.b"],
      ["step"], ["epoch"], ["attempt"], ["axes.class"], ["tensors"], ["images.a"], [""], ["a..b"],
      ["a/b"],
    ])
  func collisions(_ names: [String]) {
    let history = MetricHistory(
      series: names.map { SeriesDescription($0, title: "", about: "") }, tensorNames: [])
    #expect(throws: StoreError.self) { try MetricsFile.encode(history) }
  }

  @Test("a cut history ends with the evaluation")
  func cut() {
    #expect(Samples.history(evaluations: 5).cut(toStep: 30).rows.map(\.step) == [10, 20, 30])
    #expect(Samples.history(evaluations: 2).cut(toStep: 0).rows.isEmpty)
  }
}
