@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Metrics of objects")
struct InstanceMetricTests {
  private static let names = Registry.metrics.members.filter { $0.reads == [.instances] }
    .map { $0.name }

  @Test("the numbers of COCO are those of pycocotools", arguments: [100, 5])
  func coco(detections: Int) throws {
    let golden = try GoldenInstances.load()
    let expected = detections == 100 ? golden.hundred : golden.five
    #expect(expected.count == 7)
    for (name, value) in expected {
      let metric = try Registry.metrics.metric(name, ["max_detections": .integer(detections)])
      #expect(abs(golden.measure(metric).value - value) < 1e-12, "\(name)")
    }
  }

  @Test("the others are what their definitions say")
  func definitions() throws {
    let golden = try GoldenInstances.load()
    for (name, value) in golden.others {
      let measured = golden.measure(try Registry.metrics.metric(name)).value
      #expect(abs(measured - value) < 1e-12, "\(name): \(measured)")
    }
    #expect(Set(golden.others.keys).union(golden.hundred.keys) == Set(Self.names))
  }

  @Test("batches and threads do not change a bit", arguments: names)
  func division(name: String) throws {
    let golden = try GoldenInstances.load()
    let metric = try Registry.metrics.metric(name)
    let whole = golden.measure(metric, batch: 4, threads: 3)
    #expect(whole.value.isFinite)
    #expect(sameBits(golden.measure(metric), whole))
    #expect(type(of: metric).judgesClasses == !whole.classes.isEmpty)
    #expect(type(of: metric).judgesImages == !whole.images.isEmpty)
  }

  @Test("objects of which most is ignored are neither right nor wrong")
  func ignored() throws {
    // A true object, found; beside it a prediction in ignored pixels.
    let ids: [Label] = [5, 5, 0, Labels.ignoreIndex, Labels.ignoreIndex, Labels.ignoreIndex]
    let classes = ids.map { $0 == 5 ? Label(1) : $0 }
    let predicted: [Label] = [1, 1, 0, 2, 2, 2]
    let overlaps = InstanceOverlaps(
      predictions: predicted.map { $0 > 0 ? 1 : 0 } + predicted + predicted.map { _ in 600 },
      labels: classes + ids + ids, area: 6)
    #expect(overlaps.truths.map(\.pixels) == [2])
    #expect(overlaps.predictions.map(\.ignored) == [0, 3])
    for name in Self.names where !["coco_ap_medium", "coco_ap_large"].contains(name) {
      let metric = try #require(Registry.metrics.metric(name) as? any InstanceMetric)
      // COCO's precision has the smallest number added below the line.
      let value = metric.values(of: [overlaps], classes: 2).value
      #expect(abs(value - 1) < 1e-15, "\(name): \(value)")
    }
  }

  @Test("without objects there is no value, with invented ones alone nothing is right")
  func nothing() throws {
    let none = [Label](repeating: 0, count: 12)
    let empty = InstanceOverlaps(predictions: none, labels: none, area: 4)
    let invented = InstanceOverlaps(
      predictions: [1, 1, 0, 0] + [1, 1, 0, 0] + [9, 9, 0, 0], labels: none, area: 4)
    for name in Self.names {
      let metric = try #require(Registry.metrics.metric(name) as? any InstanceMetric)
      #expect(metric.values(of: [empty], classes: 2).value.isNaN, "\(name)")
      let value = metric.values(of: [invented], classes: 2).value
      #expect(value == 0 || value.isNaN, "\(name)")
    }
  }
}
