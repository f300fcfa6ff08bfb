/// What an evaluation asks about its batches: a network, or the average of what one says of several
/// views.
///
/// Letters: N batch, C channels, K classes, H height, W width.
protocol BatchPredictor: AnyObject {
  /// Of the images, N × C × H × W, plain.
  var input: TensorLayout { get }
  /// The heads that are predicted, in the network's order: N × C × H × W each.
  var headLayouts: [HeadLayout] { get }
  var threads: Int { get }
  /// Of each image.
  var views: Int { get }
  /// Multiplications and additions for each image.
  var operationsPerImage: Int { get }
  /// Bytes that it needs of an arena that it may share with plans that never run at the same time.
  var arenaBytes: Int { get }
  /// Bytes that it takes besides.
  var ownBytes: Int { get }
  /// Takes all of its memory; `predict` takes none.
  func allocate(_ state: NetworkState, in arena: any DeviceMemory)
  /// - Returns: what stays valid until the next call.
  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch
}

extension BatchPredictor {
  /// How the logits lie, N × K × H × W.
  var logitsLayout: TensorLayout { headLayouts[0].layout }
}

/// What losses and metrics of an evaluation look at.
struct PredictedBatch {
  /// The values of the heads in the network's order. The softmax of the first over the classes is
  /// the probabilities. Where several views or patches are averaged, the others are means of what
  /// they hold.
  let heads: [UnsafePointer<Float>]
  /// As the first of ``heads``, for losses that look at each logit by itself.
  let singleLogits: UnsafePointer<Float>

  var logits: UnsafePointer<Float> { heads[0] }

  /// What the predictions of a task follow from.
  func decoded(by task: any SegmentationTask) -> UnsafePointer<Float> {
    task.decodesSingleLogits ? singleLogits : logits
  }
}

extension ExecutionPlan: BatchPredictor {
  var input: TensorLayout { layouts[Network.inputValue] }
  var views: Int { 1 }
  var operationsPerImage: Int { network.operations }
  var ownBytes: Int { 0 }

  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch {
    load(images)
    forward()
    for index in headLayouts.indices { heads.bringToHost(index) }
    return PredictedBatch(heads: heads.values, singleLogits: heads.values[0])
  }
}
