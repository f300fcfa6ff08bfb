package import Execution
package import Groundwork
package import Networks

/// What an evaluation asks about its batches: a network, or the average of what one says of several
/// transforms of an image, or of what several say.
///
/// Letters: N batch, C channels, K classes, H height, W width.
package protocol BatchPredictor: AnyObject {
  /// The layout of the images, N × C × H × W, plain.
  var input: TensorLayout { get }
  /// The heads that are predicted, in the network's order: N × C × H × W each.
  var headLayouts: [HeadLayout] { get }
  var threads: Int { get }
  /// - Returns: the predicted batch, valid until the next call.
  /// - Precondition: it has all memory that it needs.
  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch
}

extension BatchPredictor {
  /// How the logits lie, N × K × H × W.
  var logitsLayout: TensorLayout { headLayouts[0].layout }
}

/// A predictor that is planned for one network and says what it takes before it takes it.
package protocol PlannedPredictor: BatchPredictor {
  /// The number of transforms of each image.
  var transforms: Int { get }
  /// FLOPs for each image.
  var flopsPerImage: Int { get }
  /// The bytes it needs of an arena, which it may share with plans that never run at the same time.
  var arenaBytes: Int { get }
  /// The bytes that it takes besides the arena.
  var ownBytes: Int { get }
  /// Takes all of its memory; `predict` takes none.
  func allocate(_ state: NetworkState, in arena: any DeviceMemory)
}

extension ExecutionPlan: PlannedPredictor {
  package var transforms: Int { 1 }
  package var flopsPerImage: Int { network.flops }
  package var ownBytes: Int { 0 }

  package func predict(_ images: UnsafePointer<Float>) -> PredictedBatch {
    load(images)
    forward()
    for index in headLayouts.indices { heads.bringToHost(index) }
    return PredictedBatch(heads: heads.values, singleLogits: heads.values[0])
  }
}
