package import Groundwork

/// The objects of one image in truth and prediction, and how many pixels they share.
///
/// Pixels whose true id is ignored are of no true object. All of them together are the image's crowd: what
/// lies there is neither right nor wrong.
package struct InstanceOverlaps: Sendable, Equatable {
  package struct TrueObject: Sendable, Equatable {
    package let classID: Int
    package fileprivate(set) var pixels: Int
  }

  package struct PredictedObject: Sendable, Equatable {
    package let classID: Int
    /// 0…1.
    package let score: Double
    package fileprivate(set) var pixels: Int
    /// How many of them are ignored in the truth.
    package fileprivate(set) var ignored: Int
    /// The true objects of its class with which it shares pixels, in their order.
    package fileprivate(set) var overlaps: [Overlap]
  }

  package struct Overlap: Sendable, Equatable {
    /// The place of the true object among those of the image.
    package let truth: Int
    package let pixels: Int
  }

  /// In the order of their first pixels.
  package private(set) var truths: [TrueObject] = []
  package private(set) var predictions: [PredictedObject] = []

  /// - Parameters:
  ///   - predictions, labels: `[P, H, W]` each, as ``InstancePlanes`` has them.
  ///   - area: H · W.
  package init(
    predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int
  ) {
    var (trueObjects, found) = (Numbering(), Numbering())
    // By predicted object and then by true object, both numbered from 1.
    var shared: [Int: Int] = [:]
    var run = (key: 0, pixels: 0)
    for pixel in 0..<area {
      let trueID = labels[InstancePlanes.ids * area + pixel]
      let isIgnored = trueID == Labels.ignoreIndex
      let truth = isIgnored ? 0 : trueObjects.number(of: trueID)
      if truth > truths.count {
        truths.append(
          TrueObject(classID: Int(labels[InstancePlanes.classes * area + pixel]), pixels: 0))
      }
      if truth > 0 { truths[truth - 1].pixels += 1 }
      let object = found.number(of: predictions[InstancePlanes.ids * area + pixel])
      if object > self.predictions.count {
        self.predictions.append(
          PredictedObject(
            classID: Int(predictions[InstancePlanes.classes * area + pixel]),
            score: InstancePlanes.score(
              of: predictions[InstancePlanes.scores * area + pixel]),
            pixels: 0, ignored: 0, overlaps: []))
      }
      guard object > 0 else { continue }
      self.predictions[object - 1].pixels += 1
      if isIgnored { self.predictions[object - 1].ignored += 1 }
      guard truth > 0 else { continue }
      let key = object << 32 | truth
      if key == run.key {
        run.pixels += 1
      } else {
        if run.pixels > 0 { shared[run.key, default: 0] += run.pixels }
        run = (key, 1)
      }
    }
    if run.pixels > 0 { shared[run.key, default: 0] += run.pixels }
    for (key, pixels) in shared.sorted(by: { $0.key < $1.key }) {
      let (object, truth) = (key >> 32 - 1, key & 0xFFFF_FFFF - 1)
      guard self.predictions[object].classID == truths[truth].classID else { continue }
      self.predictions[object].overlaps.append(Overlap(truth: truth, pixels: pixels))
    }
  }

  /// Numbers ids from 1 in the order in which they come; 0 stays 0.
  private struct Numbering {
    private var numbers = [Int32](repeating: 0, count: Int(Label.max) + 1)
    private var count: Int32 = 0

    mutating func number(of id: Label) -> Int {
      guard id > 0 else { return 0 }
      if numbers[Int(id)] == 0 {
        count += 1
        numbers[Int(id)] = count
      }
      return Int(numbers[Int(id)])
    }
  }
}

extension InstanceOverlaps.PredictedObject {
  /// Its pixels that count.
  package var counted: Int { pixels - ignored }

  /// True where most of its pixels are ignored: it is then neither right nor wrong.
  package var isIgnored: Bool { 2 * ignored > pixels }
}

extension InstanceOverlaps {
  /// Intersection over union of the pixels that count.
  package func iou(_ prediction: PredictedObject, _ overlap: Overlap) -> Double {
    Double(overlap.pixels)
      / Double(prediction.counted + truths[overlap.truth].pixels - overlap.pixels)
  }

  /// The pairs of a predicted and a true object of one class whose IoU is above a threshold of 0.5 or more:
  /// there no object is of two pairs.
  ///
  /// - Returns: by predicted object, in their order; the IoU of each.
  package func pairs(above threshold: Double) -> [(prediction: Int, truth: Int, iou: Double)] {
    predictions.indices.flatMap { index in
      predictions[index].overlaps.compactMap { overlap in
        let iou = iou(predictions[index], overlap)
        return iou > threshold ? (index, overlap.truth, iou) : nil
      }
    }
  }
}
