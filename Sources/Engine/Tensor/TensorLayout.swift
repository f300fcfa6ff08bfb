public import CKernels

/// The extent of a tensor of activations: N batch, C channels, H height, W width.
public struct Shape: Sendable, Hashable, CustomStringConvertible {
  public var batch: Int
  public var channels: Int
  public var height: Int
  public var width: Int

  public init(_ batch: Int, _ channels: Int, _ height: Int, _ width: Int) {
    (self.batch, self.channels, self.height, self.width) = (batch, channels, height, width)
  }

  public var area: Int { height * width }
  public var count: Int { batch * channels * area }
  public var description: String { "\(batch)×\(channels)×\(height)×\(width)" }
}

/// How a tensor of activations lies in memory: `[N][C/block][H][W][block]`, `f32`.
///
/// A block of 1 is the plain NCHW layout; 16 and 8 are the blocked layouts that the convolutions
/// of AVX-512 and AVX2 prefer. Where C is not a multiple of the block, the lanes beyond C are
/// padding and always hold zero.
public struct TensorLayout: Sendable, Hashable {
  public var shape: Shape
  public var block: Int

  public init(_ shape: Shape, block: Int = 1) {
    self.shape = shape
    self.block = block
  }

  /// Blocks of channels, the last possibly padded.
  public var blocks: Int { (shape.channels + block - 1) / block }
  /// Stored elements, padding included.
  public var elements: Int { shape.batch * blocks * shape.area * block }
  public var bytes: Int { elements * MemoryLayout<Float>.stride }

  /// The same in the words of the C kernels.
  public var kernel: ck_layout {
    ck_layout(
      n: Int32(shape.batch), c: Int32(shape.channels), h: Int32(shape.height),
      w: Int32(shape.width), block: Int32(block))
  }
}
