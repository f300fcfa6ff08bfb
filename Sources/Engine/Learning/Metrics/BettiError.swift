internal import CKernels
package import Groundwork
internal import Measurements

/// How far the Betti numbers of truth and prediction are apart, the mean over windows of the image (Hu, Li,
/// Samaras & Chen, "Topology-Preserving Deep Image Segmentation", NeurIPS 2019, whose windows lie at random;
/// these lie side by side).
protocol BettiMetric: Metric {
  var window: Int { get }
  var includesBackground: Bool { get }
  /// 0: components; 1: holes.
  static var dimension: Int { get }
}

extension BettiMetric {
  package static var looksAtNeighbors: Bool { true }

  package static var format: ValueFormat { .fixed(3) }
  package static var isHigherBetter: Bool { false }

  static var meanOfWindows: String {
    "Pixels of a class touch at edges and corners; a hole is what they close off from the rest, whose pixels "
      + "touch at edges alone. Beyond a window nothing is of the class, so what its edge cuts is no hole. "
      + "Windows without a known pixel are left out, and so is an image that has the class neither in truth nor "
      + "in prediction. The value of a class is its mean over images, the value of the set the mean over classes."
  }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    ImageClassAccumulator(context, includesBackground: includesBackground) { batch in
      let errors = BettiErrors.measure(batch, window: window)
      return { image, label in
        let errors = errors[image]
        let place = 3 * label
        guard errors.sums[place + 2] > 0 else { return nil }
        return Double(errors.sums[place + Self.dimension]) / Double(errors.windows)
      }
    }
  }
}

/// What ``BettiError0`` and ``BettiError1`` can be told.
enum BettiFields {
  static let window = Field.integer(
    "window", default: 64, 8...1_000_000, unit: "pixels",
    "The size of the windows; one that is larger than the image is the whole image.")
  static let includeBackground = CenterlineDice.includeBackground
  static let declarations = [window.declaration, includeBackground.declaration]
}

/// The number of components that are missing or too many.
package struct BettiError0: BettiMetric {
  package static let name = "betti_error_0"
  package static let title = "Betti-0 error"
  package static let about =
    "Connected components that are missing or too many in a window: gaps and specks."
  package static let definition = meanOfWindows
  package static let fields = BettiFields.declarations
  package static let example = "evaluation: {metrics: [{betti_error_0: {window: 64}}]}"
  static let dimension = 0

  let window: Int
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    window = values[BettiFields.window]
    includesBackground = values[BettiFields.includeBackground]
  }
}

/// The number of holes that are missing or too many.
package struct BettiError1: BettiMetric {
  package static let name = "betti_error_1"
  package static let title = "Betti-1 error"
  package static let about =
    "Holes that are missing or too many in a window: meshes that are open or filled."
  package static let definition = meanOfWindows
  package static let fields = BettiFields.declarations
  package static let example = "evaluation: {metrics: [{betti_error_1: {window: 64}}]}"
  static let dimension = 1

  let window: Int
  let includesBackground: Bool

  package init(_ values: FieldValues) {
    window = values[BettiFields.window]
    includesBackground = values[BettiFields.includeBackground]
  }
}

/// The errors of all classes in one image.
private struct BettiErrors {
  /// `[K, 3]`, as `ck_betti_errors` gives them.
  var sums: [Int64]
  var windows: Int

  /// `[N]`
  static func measure(_ batch: EvaluatedBatch, window: Int) -> [BettiErrors] {
    let (area, classes, memory) = (batch.area, batch.classes, batch.memory)
    let (masked, scratch) = (batch.maskedPredictions, memory.planeCounts.pointer)
    var errors = Array(repeating: BettiErrors(sums: [], windows: 0), count: batch.images)
    errors.withUnsafeMutableBufferPointer { errors in
      parallel(threads: memory.threads, units: batch.images) { image, slot in
        var sums = [Int64](repeating: 0, count: 3 * classes)
        var counts = [Int32](repeating: 0, count: 4 * classes)
        let windows = ck_betti_errors(
          batch.labels + image * area, masked + image * area, Int32(batch.shape.height),
          Int32(batch.shape.width), Int32(window), Int32(classes), &sums, &counts,
          scratch + slot * 3 * area)
        errors[image] = BettiErrors(sums: sums, windows: windows)
      }
    }
    return errors
  }
}
