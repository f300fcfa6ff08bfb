internal import CKernels
internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Tasks

/// The steps of postprocessing that look at probabilities, for the images of batches.
struct BatchRefinement {
  private let steps: [any Postprocessing]
  private let task: any SegmentationTask
  private let threads: Int

  /// `nil` where no step looks at probabilities.
  init?(_ steps: [any Postprocessing], task: any SegmentationTask, threads: Int) {
    guard steps.reads > .labels else { return nil }
    (self.steps, self.task, self.threads) = (steps, task, threads)
  }

  var looksAtImage: Bool { steps.reads == .image }

  /// Decodes the predictions of the first images of a batch anew.
  ///
  /// - Parameters:
  ///   - logits: what the task decodes.
  ///   - layout: how they lie, N × K × H × W.
  ///   - image: gives one of the images as people see it; asked where a step looks at it.
  func apply<Failure: Error>(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout, to predictions: PredictionMap,
    images: Int, image: (Int) throws(Failure) -> Raster
  ) throws(Failure) {
    guard let labels = predictions.classes.baseAddress else { return }
    let shape = layout.shape
    let count = shape.channels * shape.area
    let probabilities = probabilities(of: logits, layout)
    for number in 0..<images {
      let refined = refined(
        Array(probabilities[number * count..<(number + 1) * count]), shape.size,
        image: looksAtImage ? try image(number) : nil)
      task.decode(
        refined.decodable, TensorLayout(Shape(1, shape.channels, shape.height, shape.width)),
        into: labels + number * predictions.truth.planes * shape.area, threads: threads)
    }
  }

  /// - Parameters:
  ///   - probabilities: `[K, H, W]`.
  ///   - image: as people see it, of the same size.
  func refined(_ probabilities: [Float], _ size: Size, image: Raster?) -> ImageProbabilities {
    var refined = ImageProbabilities(
      values: probabilities, size: size, classesExclude: !task.decodesSingleLogits, image: image,
      threads: threads)
    steps.refine(&refined)
    return refined
  }

  /// The probabilities `[N, K, H, W]` of what the task decodes. Those of an image do not depend on the
  /// batch that it is in.
  func probabilities(of logits: UnsafePointer<Float>, _ layout: TensorLayout) -> [Float] {
    task.probabilities(of: logits, layout, threads: threads)
  }
}

extension SegmentationTask {
  /// The probabilities `[N, K, H, W]` of what the task decodes.
  func probabilities(
    of logits: UnsafePointer<Float>, _ layout: TensorLayout, threads: Int
  ) -> [Float] {
    let isSingle = decodesSingleLogits
    let mean = PredictionMean(
      isSingle ? .logits : .probabilities, shape: layout.shape, threads: threads)
    mean.begin()
    mean.add(logits, layout)
    mean.takeMean(of: 1)
    return [Float].filled(count: layout.shape.count) {
      ck_probabilities(mean.values, isSingle ? 1 : 0, layout.shape.count, $0)
    }
  }
}
