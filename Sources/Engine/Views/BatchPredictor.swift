/// What an evaluation asks about its batches: a network, or the average of what one says of several
/// views.
///
/// Letters: N batch, C channels, K classes, H height, W width.
protocol BatchPredictor: AnyObject {
  /// Of the images, N × C × H × W, plain.
  var input: TensorLayout { get }
  /// Of what is predicted, N × K × H × W.
  var logitsLayout: TensorLayout { get }
  /// Of the logits of edges, N × 1 × H × W; `nil` where the network has no edge head.
  var edgesLayout: TensorLayout? { get }
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
  func allocate(_ state: NetworkState, in arena: HostBuffer)
  /// - Returns: what stays valid until the next call.
  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch
}

/// What losses and metrics of an evaluation look at.
struct PredictedBatch {
  /// Their softmax over the classes is the probabilities.
  let logits: UnsafePointer<Float>
  /// The same layout, for losses that look at each logit by itself.
  let singleLogits: UnsafePointer<Float>
  /// `nil` where the network has no edge head.
  let edges: UnsafePointer<Float>?

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
    self.images.update(from: images, count: input.elements)
    forward()
    return PredictedBatch(logits: logits, singleLogits: logits, edges: edges)
  }
}
