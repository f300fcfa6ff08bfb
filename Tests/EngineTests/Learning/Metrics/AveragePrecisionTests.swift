@testable import Datasets
@testable import Groundwork
import Testing

@Suite("Average precision")
struct AveragePrecisionTests {
  /// The score of one class of one image as the Data Science Bowl 2018 defines it, by comparing every
  /// object with every other; `nil` without any.
  private func score(_ prediction: [Label], _ truth: [Label], label: Label, width: Int) -> Double? {
    let (found, real) = (
      objects(prediction, of: label, width: width), objects(truth, of: label, width: width)
    )
    guard found.count + real.count > 0 else { return nil }
    let scores = (0..<10).map { step in
      let threshold = Double(10 + step) / 20
      let hits = real.count { object in
        found.contains { other in
          let common = object.intersection(other).count
          return Double(common) / Double(object.union(other).count) > threshold
        }
      }
      return Double(hits) / Double(found.count + real.count - hits)
    }
    return scores.reduce(0, +) / 10
  }

  /// Connected pixels, corners too.
  private func objects(_ map: [Label], of label: Label, width: Int) -> [Set<Int>] {
    var left = Set(map.indices.filter { map[$0] == label })
    var objects: [Set<Int>] = []
    while let start = left.min() {
      var (object, front): (Set<Int>, [Int]) = ([], [start])
      left.remove(start)
      while let pixel = front.popLast() {
        object.insert(pixel)
        for other in left where abs(other / width - pixel / width) <= 1 {
          if abs(other % width - pixel % width) <= 1 {
            left.remove(other)
            front.append(other)
          }
        }
      }
      objects.append(object)
    }
    return objects
  }

  @Test("with dsb it is the score of each image, averaged over the images", arguments: [2, 4])
  func dataScienceBowl(classes: Int) throws {
    let bench = MetricBench(images: 7, Size(height: 14, width: 17), classes: classes)
    let metric = try Registry.metrics.metric("average_precision", ["interpolation": .name("dsb")])
    let measured = bench.measure(metric, batch: 3)
    let area = bench.size.area
    var (images, sums, counts) = (
      [Double](), [Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes)
    )
    for image in 0..<bench.images {
      let truth = Array(bench.labels[image * area..<(image + 1) * area])
      let prediction = (0..<area).map { pixel -> Label in
        if truth[pixel] == Labels.ignoreIndex { return Labels.ignoreIndex }
        let logits = (0..<classes).map { bench.logits[(image * classes + $0) * area + pixel] }
        return Label(logits.firstIndex(of: logits.max() ?? 0) ?? 0)
      }
      var scores: [Double] = []
      for label in 1..<classes {
        guard
          let score = score(prediction, truth, label: Label(label), width: bench.size.width)
        else { continue }
        scores.append(score)
        sums[label] += score
        counts[label] += 1
      }
      if !scores.isEmpty { images.append(scores.reduce(0, +) / Double(scores.count)) }
    }
    #expect(abs(measured.value - images.reduce(0, +) / Double(images.count)) < 1e-12)
    #expect(measured.value > 0 && measured.value < 1)
    for label in 1..<classes {
      #expect(abs(measured.classes[label] - sums[label] / counts[label]) < 1e-12)
    }
    #expect(measured.classes[0].isNaN)
  }

  @Test("with dsb an image without objects is left out, and inventing one costs its score")
  func withoutObjects() throws {
    let metric = try Registry.metrics.metric("average_precision", ["interpolation": .name("dsb")])
    func value(_ predictions: [Label], _ labels: [Label]) -> Double {
      MetricBench(
        Size(height: 1, width: 4), classes: 2, predictions: predictions, labels: labels
      ).measure(metric, batch: 1).value
    }
    let right: [Label] = [0, 1, 1, 0]
    #expect(value(right + [0, 0, 0, 0], right + [0, 0, 0, 0]) == 1)
    #expect(value(right + [1, 0, 0, 0], right + [0, 0, 0, 0]) == 0.5)
    #expect(value([0, 0, 0, 0], [0, 0, 0, 0]).isNaN)
    // An IoU of one half does not exceed the first threshold.
    #expect(value([0, 1, 1, 0], [0, 1, 0, 0]) == 0)
  }
}
