@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

/// Objects of `make_golden_instances.py`, and what other programs make of them.
struct GoldenInstances: Decodable {
  let height: Int
  let width: Int
  let classes: Int
  let images: [Image]
  let hundred: [String: Double]
  let five: [String: Double]
  let others: [String: Double]
  let flooding: Flooding
  let targets: Targets

  struct Image: Decodable {
    /// Each is top, left, height, width, class and score.
    let truth: [[Int]]
    let prediction: [[Int]]
    let ignored: [Int]?
  }
  struct Flooding: Decodable {
    let height: Int
    let width: Int
    let heights: [Float]
    let mask: [Int]
    let seeds: [Int32]
    let basins: [Int32]
  }
  struct Targets: Decodable {
    let height: Int
    let width: Int
    let ids: [Label]
    let distances: [Double]
    let boundary: [Int]
  }

  static func load() throws -> GoldenInstances {
    try Fixture.decode(GoldenInstances.self, from: "golden-instances.json")
  }

  var size: Size { Size(height: height, width: width) }

  /// `[I, 3, H, W]`: truth and prediction.
  var planes: (truth: [Label], prediction: [Label]) {
    var (truths, predictions): ([Label], [Label]) = ([], [])
    for image in images {
      var truth = drawn(image.truth)
      if let place = image.ignored {
        for plane in 0..<2 { fill(place, Labels.ignoreIndex, plane: plane, of: &truth) }
      }
      truths += truth
      predictions += drawn(image.prediction)
    }
    return (truths, predictions)
  }

  private func drawn(_ rectangles: [[Int]]) -> [Label] {
    var planes = [Label](repeating: 0, count: InstancePlanes.count * size.area)
    for (number, rectangle) in rectangles.enumerated() {
      fill(rectangle, Label(rectangle[4]), plane: InstancePlanes.classes, of: &planes)
      fill(rectangle, Label(number + 1), plane: InstancePlanes.ids, of: &planes)
      fill(rectangle, Label(rectangle[5]), plane: InstancePlanes.scores, of: &planes)
    }
    return planes
  }

  private func fill(_ place: [Int], _ label: Label, plane: Int, of planes: inout [Label]) {
    for row in place[0]..<min(height, place[0] + place[2]) {
      for column in place[1]..<min(width, place[1] + place[3]) {
        planes[plane * size.area + row * width + column] = label
      }
    }
  }

  /// What a metric says of all images.
  ///
  /// - Parameter batch: how many images it is given at once.
  func measure(_ metric: any Metric, batch: Int = 1, threads: Int = 1) -> MetricValues {
    let (truth, prediction) = planes
    let bounds = Truth(
      task: "instances", form: .instances, classes: classes, classBounds: 2...classes,
      planes: InstancePlanes.count)
    let context = MetricContext(classes: classes, threads: threads, truth: bounds)
    let accumulator = metric.makeAccumulator(for: context)
    accumulator.begin()
    let count = InstancePlanes.count * size.area
    for first in stride(from: 0, to: images.count, by: batch) {
      let images = min(batch, images.count - first)
      let shape = Shape(images, classes, height, width)
      let memory = MetricMemory(logits: TensorLayout(shape), truth: bounds, threads: threads)
      let logits = [Float](repeating: 0, count: shape.count)
      logits.withUnsafeBufferPointer { logits in
        prediction[(first * count)...].withUnsafeBufferPointer { prediction in
          truth[(first * count)...].withUnsafeBufferPointer { truth in
            accumulator.add(
              EvaluatedBatch(
                logits: logits.baseAddress!, predictions: prediction.baseAddress!,
                labels: truth.baseAddress!, images: images, memory: memory))
          }
        }
      }
    }
    return accumulator.values()
  }
}
