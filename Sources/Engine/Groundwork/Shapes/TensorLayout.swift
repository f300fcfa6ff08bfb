package import CKernels

/// The extent of a tensor of activations: N batch, C channels, then 1 to 3 spatial axes, of which H
/// height and W width are those of an image.
package struct Shape: Sendable, Hashable, CustomStringConvertible {
  package var batch: Int
  package var channels: Int
  package var extent: SpatialExtent

  package init(_ batch: Int, _ channels: Int, _ extent: SpatialExtent) {
    (self.batch, self.channels, self.extent) = (batch, channels, extent)
  }

  package init(_ batch: Int, _ channels: Int, _ height: Int, _ width: Int) {
    self.init(batch, channels, SpatialExtent(height: height, width: width))
  }

  package var height: Int { extent.height }
  package var width: Int { extent.width }
  /// Values of one channel of a sample.
  package var area: Int { extent.count }
  /// The size of an image; the spatial rank must be 2.
  package var size: Size { extent.size }
  package var count: Int { batch * channels * area }
  package var description: String { "\(batch)×\(channels)×\(extent)" }
}

/// How a tensor of activations lies in memory: `[N][C/block][H][W][block]`, with `[D][H][W]` or `[W]`
/// in place of `[H][W]` where the spatial rank is 3 or 1.
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

  /// Where a value lies, as in `ck_index`.
  ///
  /// - Parameter place: within the map.
  package func index(_ sample: Int, channel: Int, place: Int) -> Int {
    sample * stride + ((channel / block) * shape.area + place) * block + channel % block
  }

  /// The same with samples that follow each other.
  package var dense: TensorLayout { TensorLayout(shape, block: block, precision: precision) }

  /// The same in the words of the C kernels.
  package var kernel: ck_layout {
    ck_layout(
      n: Int32(shape.batch), c: Int32(shape.channels), d: Int32(shape.extent.depth),
      h: Int32(shape.height), w: Int32(shape.width), block: Int32(block))
  }

  /// A tensor of this layout in the words of the C kernels.
  package func kernel(at start: UnsafeMutableRawPointer?) -> ck_tensor {
    ck_tensor(
      values: start, stride: stride, type: Int32(precision == .f32 ? CK_F32 : CK_BF16))
  }
}
