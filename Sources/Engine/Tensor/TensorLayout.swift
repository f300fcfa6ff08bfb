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
  public var size: Size { Size(height: height, width: width) }
  public var count: Int { batch * channels * area }
  public var description: String { "\(batch)×\(channels)×\(height)×\(width)" }
}

/// How a tensor of activations lies in memory: `[N][C/block][H][W][block]`.
///
/// A block of 1 is the plain NCHW layout; 16 and 8 are the blocked layouts that the convolutions
/// of AVX-512 and AVX2 prefer. Where C is not a multiple of the block, the lanes beyond C are
/// padding and always hold zero.
public struct TensorLayout: Sendable, Hashable {
  public var shape: Shape
  public var block: Int
  public var precision: Precision
  /// Values from one sample to the next where the tensor is a range of channels of a wider one;
  /// `nil` where its samples follow each other.
  public var wideStride: Int?

  public init(
    _ shape: Shape, block: Int = 1, precision: Precision = .f32, wideStride: Int? = nil
  ) {
    self.shape = shape
    self.block = block
    self.precision = precision
    self.wideStride = wideStride
  }

  /// Blocks of channels, the last possibly padded.
  public var blocks: Int { (shape.channels + block - 1) / block }
  /// Stored values of one sample, padding included.
  public var sampleElements: Int { blocks * shape.area * block }
  /// Stored values, padding included.
  public var elements: Int { shape.batch * sampleElements }
  public var bytes: Int { elements * precision.bytes }
  /// Values from one sample to the next.
  public var stride: Int { wideStride ?? sampleElements }

  /// The same with samples that follow each other.
  public var dense: TensorLayout { TensorLayout(shape, block: block, precision: precision) }

  /// The same in the words of the C kernels.
  public var kernel: ck_layout {
    ck_layout(
      n: Int32(shape.batch), c: Int32(shape.channels), h: Int32(shape.height),
      w: Int32(shape.width), block: Int32(block))
  }

  /// A tensor of this layout in the words of the C kernels.
  func kernel(at start: UnsafeMutableRawPointer?) -> ck_tensor {
    ck_tensor(
      values: start, stride: stride, type: Int32(precision == .f32 ? CK_F32 : CK_BF16))
  }
}
