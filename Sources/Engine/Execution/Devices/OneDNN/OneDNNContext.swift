package import COneDNN
package import Groundwork

/// oneDNN's processor engine and one in-order stream, made once for each device, and what its
/// convolutions choose by.
package final class OneDNNContext: Sendable {
  // Opaque handles of a thread-safe library; never changed after `init`.
  nonisolated(unsafe) let engine: dnnl_engine_t
  package nonisolated(unsafe) let stream: dnnl_stream_t

  package let algorithms: AlgorithmSelection
  /// True where weight gradients are added up in shards that no number of threads changes.
  let isPortable: Bool

  init(algorithms: AlgorithmSelection, isPortable: Bool) throws(DeviceError) {
    self.algorithms = algorithms
    self.isPortable = isPortable
    var engine: dnnl_engine_t?
    var stream: dnnl_stream_t?
    try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "create an engine")
    try check(
      dnnl_stream_create(&stream, engine, UInt32(dnnl_stream_in_order.rawValue)),
      "create a stream")
    self.engine = engine!
    self.stream = stream!
  }

  deinit {
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(engine)
  }
}

/// Turns oneDNN's status into an error that says what was tried.
package func check(_ status: dnnl_status_t, _ action: String) throws(DeviceError) {
  guard status != dnnl_success else { return }
  let reason =
    switch status {
    case dnnl_out_of_memory: "out of memory"
    case dnnl_invalid_arguments: "invalid arguments"
    case dnnl_unimplemented: "not implemented for this processor or shape"
    case dnnl_runtime_error: "runtime error"
    default: "status \(status.rawValue)"
    }
  throw DeviceError("oneDNN could not \(action): \(reason)")
}

/// A description of a tensor, in oneDNN's terms.
package typealias MemoryDescription = dnnl_memory_desc_t

extension dnnl_memory_desc_t {
  /// Activations as they lie in a plan.
  init(_ layout: TensorLayout) throws(DeviceError) {
    precondition(layout.wideStride == nil, "oneDNN's convolutions read no ranges of channels")
    // Of spatial rank 1, 2 and 3.
    let tags =
      switch layout.block {
      case 16: [dnnl_aBc16b, dnnl_aBcd16b, dnnl_aBcde16b]
      case 8: [dnnl_aBc8b, dnnl_aBcd8b, dnnl_aBcde8b]
      case 1: Self.plain
      default: throw DeviceError("oneDNN has no layout with blocks of \(layout.block) channels")
      }
    let shape = layout.shape
    self = try Self.make(
      [shape.batch, shape.channels] + shape.extent.extents, tags[shape.extent.rank - 1]
    ).of(layout.precision)
  }

  /// The weights of a convolution as the parameter lies, `f32`: of several groups with the groups as an
  /// axis before the others.
  ///
  /// - Parameters:
  ///   - outputs: the outputs of all groups together; the same holds for `inputs`.
  init(
    weight outputs: Int, _ inputs: Int, _ kernel: SpatialExtent, groups: Int
  ) throws(DeviceError) {
    let channels = groups == 1 ? [outputs, inputs] : [groups, outputs / groups, inputs / groups]
    self = try Self.make(
      channels + kernel.extents, Self.plain[kernel.rank - (groups == 1 ? 1 : 0)])
  }

  private static var plain: [dnnl_format_tag_t] {
    [dnnl_abc, dnnl_abcd, dnnl_abcde, dnnl_abcdef]
  }

  /// Values of `f32`.
  package static func make(_ dimensions: [Int], _ tag: dnnl_format_tag_t) throws(DeviceError)
    -> Self
  {
    var description = dnnl_memory_desc_t()
    var extents = dimensions.map { dnnl_dim_t($0) }
    try check(
      dnnl_memory_desc_init_by_tag(
        &description, Int32(extents.count), &extents, dnnl_f32, tag), "describe a tensor")
    return description
  }

  /// The same tensor with values of another precision.
  package func of(_ precision: Precision) -> Self {
    var description = self
    description.data_type = precision == .f32 ? dnnl_f32 : dnnl_bf16
    return description
  }

  /// The same extents in whatever layout a primitive prefers.
  func anyLayout() -> Self {
    var description = self
    description.format_kind = dnnl_format_kind_any
    return description
  }

  /// The same with all channels of a place together, in the order of the channels.
  var channelsLast: Self {
    get throws(DeviceError) {
      let tags = [dnnl_acb, dnnl_acdb, dnnl_acdeb]
      let extents = withUnsafeBytes(of: dims) {
        $0.bindMemory(to: dnnl_dim_t.self).prefix(Int(ndims)).map { Int($0) }
      }
      var description = try Self.make(extents, tags[Int(ndims) - 3])
      description.data_type = data_type
      return description
    }
  }

  /// The same with the channels that fill its last block counted as channels: zeros, and as many
  /// weights of zero, where a primitive takes whole blocks alone.
  var inWholeBlocks: Self {
    var description = self
    description.dims.1 = padded_dims.1
    return description
  }

  var isInWholeBlocks: Bool { dims.1 == padded_dims.1 }

  /// The part of this tensor that holds the channels of `smaller`: all, or all but those that fill
  /// a block.
  package func cut(to smaller: Self) -> Self {
    var description = self
    description.dims = smaller.dims
    return description
  }

  package var bytes: Int { withUnsafePointer(to: self) { dnnl_memory_desc_get_size($0) } }

  package func matches(_ other: Self) -> Bool {
    withUnsafePointer(to: self) { first in
      withUnsafePointer(to: other) { second in dnnl_memory_desc_equal(first, second) != 0 }
    }
  }
}
