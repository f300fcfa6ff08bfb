internal import CKernels

/// What a region loss sees of one class in its unit, one image or the whole batch; sums over valid
/// pixels.
struct RegionSums {
  var label: Int
  /// I = Σ p over the pixels that are labelled so.
  var overlap: Double
  /// S = Σ p, or Σ p².
  var prediction: Double
  /// T: the number of pixels that are labelled so.
  var truth: Double
}

/// The loss of one class in its unit and its derivatives by ``RegionSums/overlap`` and
/// ``RegionSums/prediction``.
struct RegionMeasure {
  var loss: Double
  var byOverlap: Double
  var byPrediction: Double
}

/// A loss that is the mean, over classes and units, of a function of the region sums of each.
///
/// Two passes over the logits, the first for the sums and the second for the gradient; the softmax
/// is computed in both rather than kept, so no memory of the logits' size is needed. A unit without
/// a valid pixel takes no part; where nothing takes part, loss and gradient are 0.
final class RegionLossKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let isSquared: Bool
  private let isOverBatch: Bool
  private let measure: (RegionSums) -> RegionMeasure?
  private let counts: LabelCounts
  /// `[N, 2, K]`: overlap and prediction of each image and class.
  private let sums: LossScratch<Double>
  /// `[pixel blocks, 2, K]`.
  private let partials: LossScratch<Double>
  /// `[units, 3, K]`, as `ck_region_gradient` wants them.
  private let coefficients: LossScratch<Float>

  /// - Parameter measure: `nil` for a class that is not to take part.
  init(
    _ context: LossContext, isSquared: Bool, isOverBatch: Bool,
    measure: @escaping (RegionSums) -> RegionMeasure?
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    self.isSquared = isSquared
    self.isOverBatch = isOverBatch
    self.measure = measure
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    sums = LossScratch(repeating: 0, count: shape.batch * 2 * shape.channels)
    partials = LossScratch(
      repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)) * 2 * shape.channels)
    coefficients = LossScratch(
      repeating: 0, count: (isOverBatch ? 1 : shape.batch) * 3 * shape.channels)
  }

  func evaluate(
    logits: UnsafePointer<Float>, labels: UnsafePointer<UInt8>, weight: Float,
    gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    ck_region_sums(
      layout.kernel, logits, labels, isSquared ? 1 : 0, sums.pointer, partials.pointer, threads)
    let (loss, regions) = measureUnits(labels)
    guard regions > 0 else { return 0 }
    if let gradient {
      ck_region_gradient(
        layout.kernel, logits, labels, coefficients.pointer,
        isOverBatch ? 0 : 3 * layout.shape.channels, Float(Double(weight) / Double(regions)),
        gradient, threads)
    }
    return loss / Double(regions)
  }

  /// The sum of the losses of all regions that take part and their number; sets `coefficients`.
  private func measureUnits(_ labels: UnsafePointer<UInt8>) -> (loss: Double, regions: Int) {
    let shape = layout.shape
    let units = isOverBatch ? 1 : shape.batch
    let images = shape.batch / units
    var loss = 0.0
    var regions = 0
    for unit in 0..<units {
      counts.update(labels + unit * images * shape.area, count: images * shape.area)
      let isEmpty = counts.valid == 0
      for label in 0..<shape.channels {
        let region = region(label, images: unit * images..<(unit + 1) * images)
        let measured = isEmpty ? nil : measure(region)
        setCoefficients(measured, unit: unit, label: label)
        guard let measured else { continue }
        loss += measured.loss
        regions += 1
      }
    }
    return (loss, regions)
  }

  private func region(_ label: Int, images: Range<Int>) -> RegionSums {
    let classes = layout.shape.channels
    var region = RegionSums(
      label: label, overlap: 0, prediction: 0, truth: Double(counts[label]))
    for image in images {
      region.overlap += sums.pointer[(image * 2) * classes + label]
      region.prediction += sums.pointer[(image * 2 + 1) * classes + label]
    }
    return region
  }

  /// ∂L/∂p = ∂L/∂I · [labelled so] + ∂L/∂S · (1, or 2p where S = Σ p²).
  private func setCoefficients(_ measure: RegionMeasure?, unit: Int, label: Int) {
    let classes = layout.shape.channels
    let unitCoefficients = coefficients.pointer + unit * 3 * classes
    let byPrediction = measure?.byPrediction ?? 0
    unitCoefficients[label] = isSquared ? 0 : Float(byPrediction)
    unitCoefficients[classes + label] = isSquared ? Float(2 * byPrediction) : 0
    unitCoefficients[2 * classes + label] = Float(measure?.byOverlap ?? 0)
  }
}
