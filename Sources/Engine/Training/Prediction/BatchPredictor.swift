package import Execution
package import Groundwork
package import Networks

/// What an evaluation asks about its batches: a network, or the average of what one says of several
/// views.
///
/// Letters: N batch, C channels, K classes, H height, W width.
package protocol BatchPredictor: AnyObject {
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

extension ExecutionPlan: BatchPredictor {
  package var input: TensorLayout { layouts[Network.inputValue] }
  package var views: Int { 1 }
  package var operationsPerImage: Int { network.operations }
  package var ownBytes: Int { 0 }

  package func predict(_ images: UnsafePointer<Float>) -> PredictedBatch {
    self.images.update(from: images, count: input.elements)
    forward()
    return PredictedBatch(logits: logits, singleLogits: logits, edges: edges)
  }
}
