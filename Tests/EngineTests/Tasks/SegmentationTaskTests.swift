@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing

/// What every task of the list promises.
@Suite("Segmentation tasks")
struct SegmentationTaskTests {
  static let names = Registry.tasks.names
  private let area = 24

  private func task(_ name: String) throws -> any SegmentationTask {
    try #require(Registry.tasks.makeDefault(name) as? any SegmentationTask)
  }

  /// Random truth of two images, `[2, P, H, W]`, of which about every eighth pixel is ignored.
  private func truth(of task: any SegmentationTask, classes: Int) -> [Label] {
    var random = RandomStream(seed: 3, purpose: .init("truth"))
    let planes = task.truth(classes: classes).planes
    let ignored = (0..<2 * area).map { _ in random.below(8) == 0 }
    return (0..<2 * planes * area).map { place in
      ignored[place / (planes * area) * area + place % area]
        ? Labels.ignoreIndex
        : Label(random.below(min(classes, task.reading.labelValues(classes: classes))))
    }
  }

  @Test("names are words of their own, and found")
  func list() {
    #expect(Set(Self.names).count == Self.names.count)
    #expect(Registry.tasks.find("no such") == nil)
    #expect(Registry.tasks.components.allSatisfy { $0.about.hasSuffix(".") })
  }

  @Test("each plane that is read has a mask and its meaning", arguments: names, [2, 20])
  func masks(name: String, classes: Int) throws {
    let task = try task(name)
    let configuration = DataConfiguration(
      root: nil, source: .lists(train: "t", validation: .list("v")),
      classes: (0..<classes).map { "c\($0)" }, ignore: [255], geometry: .original, channels: 1,
      normalization: .none)
    #expect(
      task.reading.maskCodings(configuration.masks).count == task.reading.masks(classes: classes))
    #expect(task.reading.planes(classes: classes) == task.reading.masks(classes: classes))
    #expect(task.reading.classBounds.contains(classes))
  }

  @Test("what its predictions are counted as is right where they are the truth", arguments: names)
  func counting(name: String) throws {
    let (task, classes) = (try task(name), 5)
    let labels = truth(of: task, classes: classes)
    let size = task.truth(classes: classes).planes * area
    var confusion = ConfusionMatrix(task.truth(classes: classes))
    let predictions = labels.map { $0 == Labels.ignoreIndex ? 0 : $0 }
    for image in 0..<2 {
      task.count(
        Array(predictions[image * size..<(image + 1) * size]),
        labels: Array(labels[image * size..<(image + 1) * size]), area: area, into: &confusion)
    }
    for name in ["pixel_accuracy", "mean_iou"] {
      let context = MetricContext(classes: classes, truth: task.truth(classes: classes))
      let derivation = try #require(Registry.metrics.metric(name).derivation(for: context))
      #expect(derivation(confusion).value == 1, "\(name)")
    }
  }

  @Test("classes are counted by pixel, and ignored pixels once", arguments: names)
  func tally(name: String) throws {
    let (task, classes) = (try task(name), 5)
    let labels = Array(
      truth(of: task, classes: classes)[..<(task.reading.planes(classes: classes) * area)])
    let planes = LabelPlanes(
      Size(height: 4, width: 6), labels, planes: task.reading.planes(classes: classes))
    let tally = task.reading.tally(planes, classes: classes)
    #expect(
      tally.all == 24 && tally.ignored == UInt64(labels[..<24].count { $0 == Labels.ignoreIndex }))
    var confusion = ConfusionMatrix(task.truth(classes: classes))
    task.count(
      labels.map { $0 == Labels.ignoreIndex ? 0 : $0 }, labels: labels, area: area, into: &confusion
    )
    #expect(ClassCounts(confusion).truth == tally.pixels.map { Double($0) })
  }

  @Test("predictions are labels of the truth, the same in every layout", arguments: names)
  func decoding(name: String) throws {
    let (task, classes) = (try task(name), 5)
    let bench = LossBench(Shape(2, task.logitsChannels(classes: classes), 4, 6))
    let count = 2 * task.truth(classes: classes).planes * area
    func predict(block: Int) -> [Label] {
      let layout = TensorLayout(bench.shape, block: block)
      var stored = [Float](repeating: .infinity, count: layout.elements)
      for (value, place) in zip(bench.logits, layout.places) { stored[place] = value }
      return [Label].filled(count: count) { task.decode(stored, layout, into: $0, threads: 1) }
    }
    let plain = predict(block: 1)
    #expect(plain.allSatisfy { $0 < task.reading.labelValues(classes: classes) })
    #expect(Set(plain).count > 1 && predict(block: 8) == plain)
  }

  @Test("ignored pixels are dark, classes are not", arguments: names)
  func drawing(name: String) throws {
    let (task, classes) = (try task(name), 5)
    let palette = ClassPalette(classes: (0..<classes).map { "c\($0)" })
    let size = task.truth(classes: classes).planes * area
    let dark = task.tint(Array(repeating: Labels.ignoreIndex, count: size), area: area, palette)
    #expect(dark.colours == Array(repeating: 0, count: 3 * area))
    let tint = task.tint(Array(repeating: 1, count: size), area: area, palette)
    #expect(tint.colours.count == 3 * area && tint.opacities.count == area)
    #expect(tint.colours.contains { $0 > 60 } && tint.opacities.allSatisfy { $0 > 0 })
  }

  @Test("some loss and some metric fit", arguments: names)
  func fitting(name: String) throws {
    let truth = try task(name).truth(classes: 3)
    let trained = try task(name).reading.trainedTruth(classes: 3)
    let losses = try Registry.losses.names.filter { name in
      let loss = try #require(Registry.losses.makeDefault(name) as? any Loss)
      do throws(ComponentError) { try trained.check(loss) } catch { return false }
      return true
    }
    #expect(!losses.isEmpty)
    let metrics = Registry.metrics.members
    #expect(metrics.contains { $0.reads.contains(truth.form) })
  }
}
