internal import CKernels
package import Groundwork

/// A batch of an evaluation, with what several metrics have in common: made when the first of them
/// asks for it, and once. Letters: N images that count, K classes.
package final class EvaluatedBatch {
  package let shape: Shape
  /// Images that count: the rest of the batch is filling.
  package let images: Int
  /// `[N, P, H, W]`, as ``PredictionMap`` writes them.
  package let predictions: UnsafePointer<Label>
  /// `[N, P, H, W]`, ``Labels/ignoreIndex`` where nothing is known.
  package let labels: UnsafePointer<Label>
  package let logits: UnsafePointer<Float>
  package let memory: MetricMemory
  /// `[N]`, of the images that count; empty where distances are counted in pixels.
  private let spacings: [PixelSpacing]

  /// - Parameters:
  ///   - spacings: how far the pixels of each image are apart; empty where distances are in pixels.
  ///   - memory: no two batches that have it may be in use at once.
  package init(
    logits: UnsafePointer<Float>, predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>,
    images: Int, spacings: [PixelSpacing] = [], memory: MetricMemory
  ) {
    precondition(spacings.isEmpty || spacings.count >= images, "a spacing for each image")
    self.spacings = spacings
    shape = memory.layout.shape
    self.logits = logits
    self.predictions = predictions
    self.labels = labels
    self.images = images
    self.memory = memory
  }

  func spacing(of image: Int) -> PixelSpacing { spacings.isEmpty ? .pixels : spacings[image] }
  var isSpaced: Bool { spacings.contains { $0 != .pixels } }

  package var classes: Int { memory.truth.classes }
  package var area: Int { shape.area }
  /// P, of labels and predictions.
  package var planes: Int { truth.planes }
  private var truth: Truth { memory.truth }

  /// `[N]`: the counts of each image.
  package private(set) lazy var confusions: [ConfusionMatrix] = {
    var confusions = Array(repeating: ConfusionMatrix(truth), count: images)
    confusions.withUnsafeMutableBufferPointer { confusions in
      parallel(threads: memory.threads, units: images) { image, _ in
        let place = image * planes * area
        confusions[image].add(
          predictions: predictions + place, labels: labels + place, area: area)
      }
    }
    return confusions
  }()

  /// `[N]`: the objects of each image, where objects are told apart.
  private(set) lazy var instances: [InstanceOverlaps] = {
    var instances = [InstanceOverlaps?](repeating: nil, count: images)
    instances.withUnsafeMutableBufferPointer { instances in
      parallel(threads: memory.threads, units: images) { image, _ in
        let place = image * planes * area
        instances[image] = InstanceOverlaps(
          predictions: predictions + place, labels: labels + place, area: area)
      }
    }
    return instances.compactMap(\.self)
  }()

  /// `[N, H, W]`: the predictions, ``Labels/ignoreIndex`` where the label is.
  private(set) lazy var maskedPredictions: UnsafePointer<Label> = {
    let masked = memory.maskedPredictions.pointer
    ck_mask_ignored(predictions, labels, images * area, masked)
    return UnsafePointer(masked)
  }()

  /// Both `[N, H, W]`, without meaning at ignored pixels: the probability of the most probable class,
  /// and −ln of the label's.
  package private(set) lazy var probabilities:
    (confidences: UnsafePointer<Float>, losses: UnsafePointer<Float>) = {
      let (confidences, losses) = (memory.confidences.pointer, memory.losses.pointer)
      ck_pixel_probabilities(
        memory.layout.kernel, logits, labels, confidences, losses, Int32(memory.threads))
      return (UnsafePointer(confidences), UnsafePointer(losses))
    }()

  /// `[N, K]`.
  private(set) lazy var surfaces: [SurfaceDistances] = SurfaceDistances.measure(self)

  /// Both `[N, H, W]`: the label at the pixels of the skeleton of each class, ``Labels/ignoreIndex``
  /// elsewhere. Ignored pixels belong to no class.
  private(set) lazy var skeletons: (truth: UnsafePointer<Label>, prediction: UnsafePointer<Label>) =
    {
      let (truth, prediction) = (memory.trueSkeletons.pointer, memory.predictedSkeletons.pointer)
      let (scratch, masked) = (memory.planeCounts.pointer, maskedPredictions)
      let (height, width) = (Int32(shape.height), Int32(shape.width))
      parallel(threads: memory.threads, units: images) { image, slot in
        let place = image * area
        let own = scratch + slot * 3 * area
        ck_skeletons(labels + place, height, width, 0, truth + place, own)
        ck_skeletons(masked + place, height, width, 0, prediction + place, own)
      }
      return (UnsafePointer(truth), UnsafePointer(prediction))
    }()

  /// `[N, K]`: how far skeletons are apart.
  private(set) lazy var skeletonDistances: [SurfaceDistances] =
    SurfaceDistances.between(skeletons.truth, skeletons.prediction, of: self)
}

/// Memory for what the metrics of one evaluation compute: each part is allocated when it is first
/// used, and used in every batch.
package final class MetricMemory {
  /// The layout of the logits.
  package let layout: TensorLayout
  /// What labels and predictions are.
  package let truth: Truth
  package let threads: Int

  /// - Parameter truth: what labels and predictions are; `nil` where each pixel has one class, and
  ///   each class has a logit.
  package init(logits layout: TensorLayout, truth: Truth? = nil, threads: Int) {
    self.layout = layout
    self.truth = truth ?? Truth(classes: layout.shape.channels)
    self.threads = threads
  }

  private var pixels: Int { layout.shape.batch * layout.shape.area }

  private(set) lazy var maskedPredictions = LossScratch<Label>(repeating: 0, count: pixels)
  private(set) lazy var confidences = LossScratch<Float>(repeating: 0, count: pixels)
  package private(set) lazy var losses = LossScratch<Float>(repeating: 0, count: pixels)
  /// `[N, H, W]` each.
  private(set) lazy var trueBorders = LossScratch<Label>(repeating: 0, count: pixels)
  private(set) lazy var predictedBorders = LossScratch<Label>(repeating: 0, count: pixels)
  private(set) lazy var trueSkeletons = LossScratch<Label>(repeating: 0, count: pixels)
  private(set) lazy var predictedSkeletons = LossScratch<Label>(repeating: 0, count: pixels)
  /// `[3, H, W]` a thread.
  private(set) lazy var planeCounts = LossScratch<Int32>(
    repeating: 0, count: 3 * layout.shape.area * threads)
  /// `[H, W]` a thread.
  private(set) lazy var distances = LossScratch<Int32>(
    repeating: 0, count: layout.shape.area * threads)
  private(set) lazy var spacedDistances = LossScratch<Double>(
    repeating: 0, count: layout.shape.area * threads)
  private(set) lazy var transforms = LossScratch<UInt8>(
    repeating: 0, count: transformBytes * threads)

  var transformBytes: Int {
    ck_distance_scratch(Int32(layout.shape.height), Int32(layout.shape.width))
  }
}
