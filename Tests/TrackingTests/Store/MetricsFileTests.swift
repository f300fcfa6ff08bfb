import Foundation
import HDF5
import Testing

@testable import Tracking

@Suite("Metrics file")
struct MetricsFileTests {
  @Test("a history is read back bit for bit", arguments: [0, 1, 5])
  func roundTrip(_ rounds: Int) throws {
    let history = Samples.history(rounds: rounds)
    #expect(sameBits(try MetricsFile.decode(try MetricsFile.encode(history)), history))
  }

  @Test("a history without classes and tensors is kept too")
  func withoutClasses() throws {
    let row = MetricHistory.Row(
      round: 1, step: 1, epoch: 1, values: [], iou: [], dice: [], classAccuracy: [], confusion: [],
      tensorDigests: [], trainingSeconds: 0, evaluationSeconds: 0, attempt: 1)
    let history = MetricHistory(classNames: [], tensorNames: [], seriesNames: [], rows: [row])
    #expect(try MetricsFile.decode(try MetricsFile.encode(history)) == history)
  }

  @Test("figures by class and worst images are read back bit for bit", arguments: [0, 1, 3])
  func details(_ rounds: Int) throws {
    let history = Samples.detailedHistory(rounds: rounds)
    let read = try MetricsFile.decode(try MetricsFile.encode(history))
    #expect(sameBits(read, history))
    #expect(read.classMetricNames == history.classMetricNames)
    #expect(read.worstImagesMetric == "kappa")
    #expect(read.rows.map(\.worstImages) == history.rows.map(\.worstImages))
    #expect(
      read.rows.map { $0.classFigures.map { $0.map(\.bitPattern) } }
        == history.rows.map { $0.classFigures.map { $0.map(\.bitPattern) } })
    #expect(read.cut(toRound: 1).contentDigest == history.cut(toRound: 1).contentDigest)
  }

  @Test("where classes overlap counts are kept by class and answer", arguments: [0, 1, 3])
  func overlapping(_ rounds: Int) throws {
    var history = Samples.history(rounds: rounds)
    history.classesOverlap = true
    for index in history.rows.indices {
      history.rows[index].confusion = [5, 1, 2, 3, 4, 0, 7, .max]
    }
    let bytes = try MetricsFile.encode(history)
    let read = try MetricsFile.decode(bytes)
    #expect(read.classesOverlap && read.rows.map(\.confusion) == history.rows.map(\.confusion))
    #expect(sameBits(read, history))
    let classes = try HDF5File(image: bytes).root.group("classes")
    #expect(try classes.dataset("binary_confusion").shape == [rounds, 2, 2, 2])
    #expect(try !classes.contains("confusion"))
  }

  @Test("they are part of the content's digest, and of the file where they are kept alone")
  func detailsInDigest() throws {
    let plain = Samples.history(rounds: 2)
    var detailed = Samples.detailedHistory(rounds: 2)
    let digest = detailed.contentDigest
    #expect(digest != plain.contentDigest)
    detailed.rows[0].classFigures[1][0] = 0.5
    #expect(detailed.contentDigest != digest)
    detailed = Samples.detailedHistory(rounds: 2)
    detailed.rows[0].worstImages[0].name = "c.png"
    #expect(detailed.contentDigest != digest)
    let root = try HDF5File(image: try MetricsFile.encode(plain)).root
    #expect(try !root.contains("images"))
    #expect(try root.group("classes").names() == ["accuracy", "confusion", "dice", "iou", "names"])
  }

  @Test(
    "a metric by class may not take the place of another dataset",
    arguments: [
      ["iou"], ["confusion"], ["binary_confusion"], ["metric_names"], ["a", "a"], ["a/b"], [""],
    ])
  func classMetricNames(_ names: [String]) {
    var history = MetricHistory(classNames: [], tensorNames: [], seriesNames: [])
    history.classMetricNames = names
    #expect(throws: StoreError.self) { try MetricsFile.encode(history) }
  }

  @Test("equal histories are equal bytes")
  func equalBytes() throws {
    let first = try MetricsFile.encode(Samples.history(rounds: 3))
    #expect(try MetricsFile.encode(Samples.history(rounds: 3)) == first)
    #expect(try MetricsFile.encode(Samples.history(rounds: 3, offset: 1e-9)) != first)
  }

  @Test("the content's digest ignores how long it took, and nothing else")
  func contentDigest() throws {
    let digest = Samples.history(rounds: 3).contentDigest
    #expect(Samples.history(rounds: 3, seconds: 9, attempt: 2).contentDigest == digest)
    #expect(Samples.history(rounds: 3, offset: 1e-9).contentDigest != digest)
    #expect(Samples.history(rounds: 2).contentDigest != digest)
    var renamed = Samples.history(rounds: 3)
    renamed.classNames[0] = "road"
    #expect(renamed.contentDigest != digest)
    let bytes = try MetricsFile.encode(Samples.history(rounds: 3))
    #expect(try HDF5File(image: bytes).root.textAttribute("content_sha256") == digest)
  }

  @Test("a changed byte anywhere is found before HDF5 sees it")
  func damage() throws {
    let bytes = try MetricsFile.encode(Samples.history(rounds: 2))
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
      ["round"], ["timing.loss"], ["classes.iou"], ["tensors"], ["images.a"], [""], ["a..b"],
      ["a/b"],
    ])
  func collisions(_ names: [String]) {
    let history = MetricHistory(classNames: [], tensorNames: [], seriesNames: names)
    #expect(throws: StoreError.self) { try MetricsFile.encode(history) }
  }

  @Test("a cut history ends with the round")
  func cut() {
    #expect(Samples.history(rounds: 5).cut(toRound: 3).rows.map(\.round) == [1, 2, 3])
    #expect(Samples.history(rounds: 2).cut(toRound: 0).rows.isEmpty)
  }
}
