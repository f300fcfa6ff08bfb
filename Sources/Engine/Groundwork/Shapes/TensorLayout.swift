package import CKernels

/// The extent of a tensor of activations: N batch, C channels, H height, W width.
package struct Shape: Sendable, Hashable, CustomStringConvertible {
  package var batch: Int
  package var channels: Int
  package var height: Int
  package var width: Int

  package init(_ batch: Int, _ channels: Int, _ height: Int, _ width: Int) {
    (self.batch, self.channels, self.height, self.width) = (batch, channels, height, width)
  }

  package var area: Int { height * width }
  package var size: Size { Size(height: height, width: width) }
  package var count: Int { batch * channels * area }
  package var description: String { "\(batch)×\(channels)×\(height)×\(width)" }
}

/// How a tensor of activations lies in memory: `[N][C/block][H][W][block]`.
///
/// A block of 1 is the plain NCHW layout; 16 and 8 are the blocked layouts that the convolutions
/// of AVX-512 and AVX2 prefer. Where C is not a multiple of the block, the lanes beyond C are
/// padding and always hold zero.
package struct TensorLayout: Sendable, Hashable {
  package var shape: Shape
  package var block: Int
  package var precision: Precision
  /// Values from one sample to the next where the tensor is a range of channels of a wider one;
  /// `nil` where its samples follow each other.
  package var wideStride: Int?

  package init(
    _ shape: Shape, block: Int = 1, precision: Precision = .f32, wideStride: Int? = nil
  ) {
    self.shape = shape
    self.block = block
    self.precision = precision
    self.wideStride = wideStride
  }

  /// Blocks of channels, the last possibly padded.
  package var blocks: Int { (shape.channels + block - 1) / block }
  /// Stored values of one sample, padding included.
  package var sampleElements: Int { blocks * shape.area * block }
  /// Stored values, padding included.
  package var elements: Int { shape.batch * sampleElements }
  package var bytes: Int { elements * precision.bytes }
  /// Values from one sample to the next.
  package var stride: Int { wideStride ?? sampleElements }

  /// The same with samples that follow each other.
  package var dense: TensorLayout { TensorLayout(shape, block: block, precision: precision) }

  /// The same in the words of the C kernels.
  package var kernel: ck_layout {
    ck_layout(
      n: Int32(shape.batch), c: Int32(shape.channels), h: Int32(shape.height),
      w: Int32(shape.width), block: Int32(block))
  }

  /// A tensor of this layout in the words of the C kernels.
  package func kernel(at start: UnsafeMutableRawPointer?) -> ck_tensor {
    ck_tensor(
      values: start, stride: stride, type: Int32(precision == .f32 ? CK_F32 : CK_BF16))
  }
}
