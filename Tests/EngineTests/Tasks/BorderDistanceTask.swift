import CKernels
@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Tasks

/// A task that the engine knows nothing of: how far each pixel is from the nearest one of another
/// class, from ordinary class masks. What is trained on is derived once augmentations are done, as one
/// plane of distances in fixed point.
struct BorderDistanceTask: SegmentationTask {
  static let name = "border_distance"
  static let about = "The distance to the nearest border of classes."
  static let fields: [FieldDeclaration] = []
  static let example = "task: border_distance"
  let decodesSingleLogits = true
  var reading: any TruthReading { BorderDistanceReading(task: Self.name) }

  init() {}
  init(_ values: FieldValues) {}

  func logitsChannels(classes: Int) -> Int { 1 }

  func decode(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    for (pixel, place) in layout.places.enumerated() {
      predictions[pixel] = BorderDistance.label(
        Double(logits[place]) * BorderDistance.pixelsPerLogit)
    }
  }

  /// Distances are taken for no class.
  func count(
    _ predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int,
    into confusion: inout ConfusionMatrix
  ) {}

  func tint(_ labels: [Label], area: Int, _ palette: ClassPalette) -> LabelTint {
    let greys = labels.map { UInt8(min(BorderDistance.pixels($0) * 8, 255)) }
    return LabelTint(
      colours: greys.flatMap { [$0, $0, $0] }, opacities: greys.map { _ in 1 })
  }
}

/// Class masks whose distances are trained on.
private struct BorderDistanceReading: TruthReading {
  let task: String
  let form = BorderDistance.form
  let masksHoldClasses = true
  let derivesTruth = true

  private let classes = ClassMasks()
  var classBounds: ClosedRange<Int> { classes.classBounds }

  init(task: String) { self.task = task }

  func masks(classes: Int) -> Int { 1 }
  func planes(classes: Int) -> Int { 1 }
  func maskCodings(_ masks: MaskSettings) -> [MaskCoding] {
    classes.maskCodings(masks)
  }
  func labelValues(classes: Int) -> Int { classes }
  func tally(_ labels: LabelPlanes, classes: Int) -> LabelTally {
    self.classes.tally(labels, classes: classes)
  }

  func derive(
    _ labels: UnsafePointer<Label>, into derived: UnsafeMutablePointer<Label>, size: Size,
    classes: Int
  ) {
    let (height, width) = (Int32(size.height), Int32(size.width))
    var squared = [Int32](repeating: 0, count: size.area)
    var scratch = [UInt8](repeating: 0, count: ck_distance_scratch(height, width))
    ck_distance_to_others(labels, 1, height, width, &squared, &scratch, 1)
    for pixel in 0..<size.area {
      let distance = Double(squared[pixel]).squareRoot()
      derived[pixel] =
        labels[pixel] == Labels.ignoreIndex ? Labels.ignoreIndex : BorderDistance.label(distance)
    }
  }
}

/// Distances as labels, in units of 1/1024 pixel.
enum BorderDistance {
  static let form = TruthForm("distances to borders")
  /// Logits of about 1 are easy to reach from where networks begin.
  static let pixelsPerLogit = 8.0

  static func label(_ pixels: Double) -> Label { Label(min(max(pixels * 1024, 0), 65_534)) }
  static func pixels(_ label: Label) -> Double { Double(label) / 1024 }
}

/// Half the mean over valid pixels of the squared difference.
struct BorderDistanceLoss: Loss {
  static let name = "border_distance"
  static let about = "Half the mean squared error of distances."
  static let fields: [FieldDeclaration] = []
  static let example = "losses: border_distance"
  static let reads = [BorderDistance.form]
  static let readsSingleLogits = true

  init() {}
  init(_ values: FieldValues) {}

  func makeKernel(for context: LossContext) -> any LossKernel { Kernel(context) }

  private final class Kernel: LossKernel {
    private let places: [Int]
    init(_ context: LossContext) { places = context.logits.places }

    func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
      let valid = places.indices.filter { input.labels[$0] != Labels.ignoreIndex }
      guard !valid.isEmpty else { return .nothing }
      var sum = 0.0
      for pixel in valid {
        let truth = Float(
          BorderDistance.pixels(input.labels[pixel]) / BorderDistance.pixelsPerLogit)
        let error = input.logits[places[pixel]] - truth
        sum += 0.5 * Double(error * error)
        gradients?.logits[places[pixel]] += weight * error / Float(valid.count)
      }
      return LossValue(sum / Double(valid.count), of: Double(valid.count))
    }
  }
}

/// The mean over valid pixels of how many pixels the predicted distance is off.
struct BorderDistanceError: Metric {
  static let name = "border_distance_error"
  static let title = "border distance error"
  static let unit = "pixels"
  static let about = "Mean absolute error of distances, in pixels."
  static let fields: [FieldDeclaration] = []
  static let example = "evaluation: {metrics: [border_distance_error]}"
  static let reads = [BorderDistance.form]
  static let isHigherBetter = false
  static let judgesClasses = false
  static let judgesImages = false

  init() {}
  init(_ values: FieldValues) {}

  func makeAccumulator(for context: MetricContext) -> any MetricAccumulator { Accumulator() }

  private final class Accumulator: MetricAccumulator {
    private var sum = 0.0
    private var pixels = 0.0

    func begin() { (sum, pixels) = (0, 0) }

    func add(_ batch: EvaluatedBatch) {
      for pixel in 0..<batch.images * batch.area where batch.labels[pixel] != Labels.ignoreIndex {
        sum += abs(
          BorderDistance.pixels(batch.predictions[pixel])
            - BorderDistance.pixels(batch.labels[pixel]))
        pixels += 1
      }
    }

    func values() -> MetricValues { MetricValues(value: sum / pixels) }
  }
}
