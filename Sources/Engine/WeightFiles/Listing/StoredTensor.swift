/// One tensor of a ``WeightFile``.
package struct StoredTensor: Sendable {
  /// Exactly as the file spells it, e.g. `features.0.weight` or `block1_conv1/kernel:0`; a blob of
  /// Caffe, which has no name, is `layer[index]`.
  package let name: String
  /// The name of its layer, without the wrapping that ``WeightFile/prefix`` reports: `features.0`.
  package let layer: String
  package let role: Role
  /// In canonical order, whatever the file's own:
  ///
  /// * convolution: [outputs, inputs / groups, …kernel]
  /// * transposed convolution: [inputs, outputs / groups, …kernel]
  /// * depthwise convolution: [channels, 1, …kernel]
  /// * dense: [outputs, inputs]. The inputs stay in the order of the file: behind a Keras `Flatten`
  ///   they are in H, W, C order, behind the flattening of PyTorch and Caffe in C, H, W order.
  /// * all of a channel's numbers: [channels]
  package let shape: [Int]
  /// The shape as the file has it.
  package let storedShape: [Int]
  /// The type of the numbers in the file.
  package let elementType: ElementType
  let source: ValueSource

  /// The number of values.
  package var count: Int { source.count }

  /// What a tensor does in its layer.
  package enum Role: Sendable, Hashable {
    /// The kernel of a convolution, or the matrix of a dense layer.
    case weight
    case bias
    /// γ of a normalization.
    case scale
    /// β of a normalization.
    case shift
    /// Of the training's batches, a channel.
    case mean
    case variance
    /// The slope of a PReLU below zero.
    case slope
    /// Anything else, as the file calls it.
    case other(String)
  }

  init(
    name: String, layer: String, role: Role, shape: [Int], storedShape: [Int]? = nil,
    source: ValueSource
  ) {
    self.name = name
    self.layer = layer
    self.role = role
    self.shape = shape
    self.storedShape = storedShape ?? shape
    elementType = source.type
    self.source = source
  }
}
