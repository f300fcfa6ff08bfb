internal import CKernels
internal import Execution
internal import Groundwork

/// What a region loss sees of one class in its unit, one image or the whole batch; sums over valid
/// pixels.
struct RegionSums {
  var label = 0
  /// I = Σ p over the pixels that are labelled so.
  var overlap = 0.0
  /// S = Σ p, or Σ p².
  var prediction = 0.0
  /// T: the number of pixels that are labelled so.
  var truth = 0.0
  /// The number of pixels that are labelled so in the images of the batch, mean over those with a
  /// valid pixel.
  var meanTruth = 0.0
}

/// The loss of one class in its unit and its derivatives by ``RegionSums/overlap`` and
/// ``RegionSums/prediction``.
struct RegionMeasure {
  var loss: Double
  var byOverlap: Double
  var byPrediction: Double

  static let nothing = RegionMeasure(loss: 0, byOverlap: 0, byPrediction: 0)
}

/// One unit of a region loss, as ``RegionLossKernel`` hands it over.
struct RegionUnit {
  let regions: UnsafeBufferPointer<RegionSums>
  /// To be set for every class, one that takes no part to ``RegionMeasure/nothing``; their losses are
  /// for the caller to sum.
  let measures: UnsafeMutableBufferPointer<RegionMeasure>
}

/// A loss that is a function of the region sums of each unit, one image or the whole batch.
///
/// Two passes over the logits, the first for the sums and the second for the gradient; the softmax
/// is computed in both rather than kept, so no memory of the logits' size is needed. A unit without
/// a valid pixel takes no part; where nothing takes part, loss and gradient are 0.
final class RegionLossKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let isSquared: Bool
  private let isOverBatch: Bool
  private let measureUnit: (RegionUnit) -> (loss: Double, terms: Int)
  private let counts: LabelCounts
  private let batchCounts: LabelCounts
  /// `[N, 2, K]`: overlap and prediction of each image and class.
  private let sums: LossScratch<Double>
  /// `[pixel blocks, 2, K]`.
  private let partials: LossScratch<Double>
  /// `[K]` of one unit.
  private let regions: LossScratch<RegionSums>
  private let measures: LossScratch<RegionMeasure>
  /// `[units, 3, K]`, as `ck_region_gradient` wants them.
  private let coefficients: LossScratch<Float>

  /// - Parameter measureUnit: the sum of the terms of a unit, their number, and the derivatives of
  ///   the sum; the loss is the mean of the terms of all units.
  init(
    _ context: LossContext, isSquared: Bool, isOverBatch: Bool,
    measureUnit: @escaping (RegionUnit) -> (loss: Double, terms: Int)
  ) {
    layout = context.logits
    threads = Int32(context.threads)
    self.isSquared = isSquared
    self.isOverBatch = isOverBatch
    self.measureUnit = measureUnit
    let shape = layout.shape
    counts = LabelCounts(classes: shape.channels)
    batchCounts = LabelCounts(classes: shape.channels)
    sums = LossScratch(repeating: 0, count: shape.batch * 2 * shape.channels)
    partials = LossScratch(
      repeating: 0, count: Int(ck_pixel_blocks(layout.kernel)) * 2 * shape.channels)
    regions = LossScratch(repeating: RegionSums(), count: shape.channels)
    measures = LossScratch(repeating: .nothing, count: shape.channels)
    coefficients = LossScratch(
      repeating: 0, count: (isOverBatch ? 1 : shape.batch) * 3 * shape.channels)
  }

  /// A loss whose terms are those of the classes of each unit.
  ///
  /// - Parameter measure: `nil` for a class that is not to take part.
  convenience init(
    _ context: LossContext, isSquared: Bool, isOverBatch: Bool,
    measure: @escaping (RegionSums) -> RegionMeasure?
  ) {
    self.init(context, isSquared: isSquared, isOverBatch: isOverBatch) { unit in
      var (loss, terms) = (0.0, 0)
      for (label, region) in unit.regions.enumerated() {
        let measured = measure(region)
        unit.measures[label] = measured ?? .nothing
        guard let measured else { continue }
        loss += measured.loss
        terms += 1
      }
      return (loss, terms)
    }
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    ck_region_sums(
      layout.kernel, input.logits, input.labels, isSquared ? 1 : 0, sums.pointer, partials.pointer,
      threads)
    let (loss, terms, taking) = measureUnits(input.labels)
    guard terms > 0 else { return .nothing }
    if let gradient = gradients?.logits {
      ck_region_gradient(
        layout.kernel, input.logits, input.labels, coefficients.pointer,
        isOverBatch ? 0 : 3 * layout.shape.channels, Float(Double(weight) / Double(terms)),
        gradient, threads)
    }
    return LossValue(loss / Double(terms), of: Double(taking))
  }

  /// The sum of the terms of all units, their number, and how many units have some; sets
  /// `coefficients`.
  private func measureUnits(
    _ labels: UnsafePointer<Label>
  ) -> (loss: Double, terms: Int, taking: Int) {
    let shape = layout.shape
    let units = isOverBatch ? 1 : shape.batch
    let images = shape.batch / units
    let labelledImages = countBatch(labels)
    var (loss, terms, taking) = (0.0, 0, 0)
    for unit in 0..<units {
      counts.update(labels + unit * images * shape.area, count: images * shape.area)
      for label in 0..<shape.channels {
        regions.pointer[label] = region(
          label, images: unit * images..<(unit + 1) * images, of: labelledImages)
        measures.pointer[label] = .nothing
      }
      if counts.valid > 0 {
        let measured = measureUnit(
          RegionUnit(
            regions: UnsafeBufferPointer(start: regions.pointer, count: shape.channels),
            measures: UnsafeMutableBufferPointer(start: measures.pointer, count: shape.channels)))
        loss += measured.loss
        terms += measured.terms
        taking += measured.terms > 0 ? 1 : 0
      }
      setCoefficients(unit: unit)
    }
    return (loss, terms, taking)
  }

  /// Sets `batchCounts`; returns the number of images with a valid pixel.
  private func countBatch(_ labels: UnsafePointer<Label>) -> Int {
    let shape = layout.shape
    batchCounts.update(labels, count: shape.batch * shape.area)
    return (0..<shape.batch).reduce(0) { number, image in
      let start = image * shape.area
      return number + (ck_has_valid(labels + start, shape.area) == 1 ? 1 : 0)
    }
  }

  private func region(_ label: Int, images: Range<Int>, of labelledImages: Int) -> RegionSums {
    let classes = layout.shape.channels
    var region = RegionSums(
      label: label, truth: Double(counts[label]),
      meanTruth: Double(batchCounts[label]) / Double(max(labelledImages, 1)))
    for image in images {
      region.overlap += sums.pointer[(image * 2) * classes + label]
      region.prediction += sums.pointer[(image * 2 + 1) * classes + label]
    }
    return region
  }

  /// ∂L/∂p = ∂L/∂I · [labelled so] + ∂L/∂S · (1, or 2p where S = Σ p²).
  private func setCoefficients(unit: Int) {
    let classes = layout.shape.channels
    let ofUnit = coefficients.pointer + unit * 3 * classes
    for label in 0..<classes {
      let measure = measures.pointer[label]
      ofUnit[label] = isSquared ? 0 : Float(measure.byPrediction)
      ofUnit[classes + label] = isSquared ? Float(2 * measure.byPrediction) : 0
      ofUnit[2 * classes + label] = Float(measure.byOverlap)
    }
  }
}
