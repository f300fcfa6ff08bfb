internal import CKernels
package import Groundwork

/// Centerline Dice (Shit et al., "clDice – a Novel Topology-Preserving Loss Function for Tubular Structure
/// Segmentation", CVPR 2021): the harmonic mean of topology precision, the share of the predicted skeleton
/// that lies on the true class, and topology sensitivity, the share of the true skeleton that lies on the
/// predicted class.
package struct CenterlineDice: Metric {
  package static let name = "centerline_dice"
  package static let title = "clDice"
  package static let looksAtNeighbors = true
  package static let otherNames = ["cldice"]
  package static let about =
    "How well skeletons and predictions cover each other (clDice): lines without gaps."
  package static let definition =
    "Skeletons are those of scikit-image's skeletonize. The value of a class is its mean over the images that "
    + "have it in truth or prediction, the value of the set the mean over the classes that have one; an image "
    + "that has it in neither is left out. A class that an image has in the truth alone, or in the prediction "
    + "alone, has 0 there. Ignored pixels belong to no class, and so does what lies beyond the image."
  package static let fields = [includeBackground.declaration]
  package static let example = "evaluation: {metrics: [centerline_dice]}"

  static let includeBackground = Field.boolean(
    "include_background", default: false, "Class 0 is part of the mean.")

  private let includesBackground: Bool

  package init(_ values: FieldValues) { includesBackground = values[Self.includeBackground] }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    ImageClassAccumulator(context, includesBackground: includesBackground) { batch in
      let overlaps = SkeletonOverlaps.measure(batch)
      return { image, label in overlaps[image * batch.classes + label].centerlineDice }
    }
  }
}

/// How much of the skeletons of one class in one image lies on the other mask.
private struct SkeletonOverlaps {
  /// Pixels of the predicted skeleton, and those of them that are truly of the class.
  var predicted = (pixels: 0, covered: 0)
  /// Pixels of the true skeleton, and those of them that are predicted so.
  var truth = (pixels: 0, covered: 0)

  /// `nil` where there is no skeleton: every component of a class has one.
  var centerlineDice: Double? {
    guard predicted.pixels > 0 || truth.pixels > 0 else { return nil }
    guard predicted.covered > 0, truth.covered > 0 else { return 0 }
    let precision = Double(predicted.covered) / Double(predicted.pixels)
    let sensitivity = Double(truth.covered) / Double(truth.pixels)
    return 2 * precision * sensitivity / (precision + sensitivity)
  }

  /// `[N, K]`
  static func measure(_ batch: EvaluatedBatch) -> [SkeletonOverlaps] {
    let (area, classes, skeletons) = (batch.area, batch.classes, batch.skeletons)
    var overlaps = Array(repeating: SkeletonOverlaps(), count: batch.images * classes)
    overlaps.withUnsafeMutableBufferPointer { overlaps in
      parallel(threads: batch.memory.threads, units: batch.images) { image, _ in
        func counted(
          _ skeleton: UnsafePointer<Label>, _ mask: UnsafePointer<Label>
        ) -> [(pixels: Int, covered: Int)] {
          withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2 * classes) { counts in
            ck_skeleton_overlaps(
              skeleton + image * area, mask + image * area, area, Int32(classes),
              counts.baseAddress)
            return (0..<classes).map { (Int(counts[2 * $0]), Int(counts[2 * $0 + 1])) }
          }
        }
        let predicted = counted(skeletons.prediction, batch.labels)
        let truth = counted(skeletons.truth, batch.predictions)
        for label in 0..<classes {
          overlaps[image * classes + label] = SkeletonOverlaps(
            predicted: predicted[label], truth: truth[label])
        }
      }
    }
    return overlaps
  }
}
