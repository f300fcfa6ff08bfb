internal import CKernels
internal import Groundwork

/// The objects of one image: 8-connected pixels of one class, in the prediction and in the truth.
/// Ignored pixels belong to no object.
struct ObjectMatches {
  struct Prediction {
    let label: Label
    /// The mean over its pixels of the probability of its class.
    let score: Double
    /// True objects of its class that it overlaps, in their order.
    let overlaps: [(truth: Int, iou: Double)]
  }

  private(set) var predictions: [Prediction] = []
  /// The class of each true object.
  private(set) var truths: [Label] = []

  /// An image: `[H, W]` of each pixel the predicted class and the true one, both
  /// ``Labels/ignoreIndex`` where nothing is known, and the probability of the predicted class.
  struct Image {
    let predictions: UnsafePointer<Label>
    let labels: UnsafePointer<Label>
    let scores: UnsafePointer<Float>
    let size: Size
  }

  /// - Parameters:
  ///   - first: the lowest label that objects have.
  ///   - minimumArea: pixels that an object has at least; smaller ones are left out on both sides.
  ///   - minimumIoU: below which an overlap is left out.
  init(_ image: Image, first: Int, minimumArea: Int, minimumIoU: Double) {
    let predicted = Objects(image.predictions, image.scores, image.size, first: first)
    let actual = Objects(image.labels, image.scores, image.size, first: first)

    var truthIndex: [Int: Int] = [:]
    for object in actual.indices where actual.pixels[object] >= minimumArea {
      truthIndex[object] = truths.count
      truths.append(actual.labels[object])
    }
    let overlaps = predicted.overlaps(with: actual)
    for object in predicted.indices where predicted.pixels[object] >= minimumArea {
      let found = overlaps[object, default: [:]].sorted { $0.key < $1.key }.compactMap {
        other, pixels -> (truth: Int, iou: Double)? in
        guard let truth = truthIndex[other], actual.labels[other] == predicted.labels[object]
        else { return nil }
        let union = predicted.pixels[object] + actual.pixels[other] - pixels
        let iou = Double(pixels) / Double(union)
        return iou < minimumIoU ? nil : (truth, iou)
      }
      predictions.append(
        Prediction(
          label: predicted.labels[object],
          score: predicted.sums[object] / Double(predicted.pixels[object]), overlaps: found))
    }
  }
}

/// The objects of one label map, numbered from 1.
private struct Objects {
  /// `[H, W]`: the number of the object that each pixel is of; 0 outside of objects.
  private let map: [Int32]
  private let count: Int
  /// The class, the number of pixels and the sum of the values of each object. Object 1 is at index
  /// 1; index 0 is unused.
  let labels: [Label]
  let pixels: [Int64]
  let sums: [Double]

  init(
    _ labels: UnsafePointer<Label>, _ values: UnsafePointer<Float>, _ size: Size, first: Int
  ) {
    var map = [Int32](repeating: 0, count: size.height * size.width)
    var parents = map
    count = Int(
      ck_objects(
        labels, Int32(size.height), Int32(size.width), Int32(first), &map, &parents))
    var objectLabels = [Label](repeating: 0, count: count + 1)
    var pixels = [Int64](repeating: 0, count: count + 1)
    var sums = [Double](repeating: 0, count: count + 1)
    ck_object_sums(map, labels, values, map.count, &objectLabels, &pixels, &sums)
    (self.map, self.labels, self.pixels, self.sums) = (map, objectLabels, pixels, sums)
  }

  var indices: Range<Int> { 1..<(count + 1) }

  /// By object of this map, then of the other: the pixels that are of both.
  func overlaps(with other: Objects) -> [Int: [Int: Int64]] {
    var runs = [Int32](repeating: 0, count: 3 * map.count)
    let count = ck_overlap_runs(map, other.map, map.count, &runs)
    var overlaps: [Int: [Int: Int64]] = [:]
    for run in 0..<count {
      let (object, truth) = (Int(runs[3 * run]), Int(runs[3 * run + 1]))
      overlaps[object, default: [:]][truth, default: 0] += Int64(runs[3 * run + 2])
    }
    return overlaps
  }
}
