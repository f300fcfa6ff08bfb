/// What a node of a network computes. Each case's parameters, shape rule and cost stand in its own
/// file under `Operations/`; the kernels that run it are the backends' business.
public enum Operation: Sendable, Hashable {
  case convolution(Convolution)
  case transposedConvolution(TransposedConvolution)
  case batchNorm(BatchNorm)
  case relu
  case prelu
  case maxPool(MaxPool)
  case maxUnpool(MaxUnpool)
  case concatenate
  case add
  case padChannels(PadChannels)
  case spatialDropout(SpatialDropout)
}

/// Cross-correlation with zero padding; `weight` is `[outputs, inputs, kernel.height, kernel.width]`,
/// `bias` is `[outputs]`.
public struct Convolution: Sendable, Hashable {
  public var outputs: Int
  public var kernel: Size
  public var stride = Size(height: 1, width: 1)
  public var padding = Size(height: 0, width: 0)
  public var dilation = Size(height: 1, width: 1)
  public var hasBias = true
}

/// The gradient of a convolution with respect to its input, used to enlarge; `weight` is
/// `[inputs, outputs, kernel.height, kernel.width]`, `bias` is `[outputs]`.
public struct TransposedConvolution: Sendable, Hashable {
  public var outputs: Int
  public var kernel: Size
  public var stride = Size(height: 2, width: 2)
  public var padding = Size(height: 0, width: 0)
  public var outputPadding = Size(height: 0, width: 0)
  public var hasBias = true
}

/// Ioffe & Szegedy 2015. Parameters `scale` and `shift` `[C]`; state `mean` and `variance` `[C]`:
/// running ← (1 − momentum) · running + momentum · batch, the variance unbiased, as in PyTorch.
public struct BatchNorm: Sendable, Hashable {
  public var epsilon: Float = 1e-5
  public var momentum: Float = 0.1
}

/// Maximum over windows of `size` at a stride of `size`, no padding, height and width rounded
/// down. Two outputs: the maxima and, as one byte each, the position of each within its window
/// (row · size.width + column; the first in scan order where several are equal).
public struct MaxPool: Sendable, Hashable {
  public var size = Size(height: 2, width: 2)
}

/// Puts each value back to where the maximum of the matching ``MaxPool`` stood, zero elsewhere.
/// Inputs: the values and the positions.
public struct MaxUnpool: Sendable, Hashable {
  public var size = Size(height: 2, width: 2)
}

/// Zero channels appended up to `channels`.
public struct PadChannels: Sendable, Hashable {
  public var channels: Int
}

/// Tompson et al. 2015: whole channels of a sample are dropped with probability `rate` in training
/// and the others scaled by 1 / (1 − rate); the identity in evaluation.
public struct SpatialDropout: Sendable, Hashable {
  public var rate: Float
}

/// An activation that a plan has fused into the operation before it. For `.prelu` the slope `[C]`
/// is the last of the operation's parameters.
public enum Activation: Sendable, Hashable {
  case none
  case relu
  case prelu
}
