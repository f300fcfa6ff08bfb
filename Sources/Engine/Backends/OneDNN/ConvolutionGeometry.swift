internal import COneDNN

/// A convolution from a wide to a narrow feature map, in oneDNN's terms, and the three primitives
/// that belong to it.
///
/// A transposed convolution is the same seen from the other side: its forward pass is the
/// convolution's data gradient and the reverse, and its weights `[inputs, outputs, …]` are the
/// convolution's `[outputs, inputs, …]`. oneDNN has a transposed convolution of its own, but its
/// forward pass takes up to eight times as long (2.6, AVX-512, 2×2 at a stride of 2).
struct ConvolutionGeometry {
  /// The convolution's input.
  let wide: MemoryDescription
  /// The convolution's output.
  let narrow: MemoryDescription
  /// As the parameter lies: `[narrow channels, wide channels, height, width]`.
  let weight: MemoryDescription
  /// `[narrow channels]`, where the primitives are to deal with it.
  let bias: MemoryDescription?
  private let strides: [dnnl_dim_t]
  private let dilations: [dnnl_dim_t]
  private let padding: [dnnl_dim_t]

  init(
    wide: TensorLayout, narrow: TensorLayout, kernel: Size, stride: Size, padding: Size,
    dilation: Size, hasBias: Bool
  ) throws(BackendError) {
    self.wide = try MemoryDescription(wide)
    self.narrow = try MemoryDescription(narrow)
    let (outputs, inputs) = (narrow.shape.channels, wide.shape.channels)
    weight = try MemoryDescription.make([outputs, inputs, kernel.height, kernel.width], dnnl_abcd)
    bias = hasBias ? try MemoryDescription.make([outputs], dnnl_a) : nil
    strides = stride.extents
    // oneDNN counts the rows that are skipped.
    dilations = dilation.extents.map { $0 - 1 }
    self.padding = padding.extents
  }

  /// From wide to narrow. Arguments: SRC wide, WEIGHTS, BIAS, DST narrow.
  func forward(
    _ context: OneDNNContext, appendsReLU: Bool = false
  ) throws(BackendError) -> OneDNNPrimitive {
    try preferringKeptLayouts { (wide, narrow) throws(BackendError) in
      var (wide, narrow, weight) = (wide, narrow, self.weight.anyLayout())
      var descriptor = dnnl_convolution_desc_t()
      let status = withOptionalPointer(to: bias) { bias in
        dnnl_dilated_convolution_forward_desc_init(
          &descriptor, dnnl_forward_training, dnnl_convolution_direct, &wide, &weight, bias,
          &narrow, strides, dilations, padding, padding)
      }
      try check(status, "describe a convolution")
      return try OneDNNPrimitive(context, operation: &descriptor, appendsReLU: appendsReLU)
    }
  }

  /// From narrow to wide. Arguments: DIFF_DST narrow, WEIGHTS, DIFF_SRC wide.
  func dataGradient(
    _ context: OneDNNContext, forward: OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    try preferringKeptLayouts { (wide, narrow) throws(BackendError) in
      var (wide, narrow, weight) = (wide, narrow, self.weight.anyLayout())
      var descriptor = dnnl_convolution_desc_t()
      try check(
        dnnl_dilated_convolution_backward_data_desc_init(
          &descriptor, dnnl_convolution_direct, &wide, &weight, &narrow, strides, dilations,
          padding, padding), "describe a convolution's data gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: forward)
    }
  }

  /// Arguments: SRC wide, DIFF_DST narrow, DIFF_WEIGHTS, DIFF_BIAS.
  func weightGradient(
    _ context: OneDNNContext, forward: OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    try preferringKeptLayouts { (wide, narrow) throws(BackendError) in
      var (wide, narrow, weight) = (wide, narrow, self.weight.anyLayout())
      var descriptor = dnnl_convolution_desc_t()
      let status = withOptionalPointer(to: bias) { bias in
        dnnl_dilated_convolution_backward_weights_desc_init(
          &descriptor, dnnl_convolution_direct, &wide, &weight, bias, &narrow, strides,
          dilations, padding, padding)
      }
      try check(status, "describe a convolution's weight gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: forward)
    }
  }

  /// Makes a primitive for the plan's layouts; where oneDNN has only its reference loops for
  /// them, for layouts of its own choice, which cost a reorder but run many times faster.
  private func preferringKeptLayouts(
    _ make: (MemoryDescription, MemoryDescription) throws(BackendError) -> OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    let kept: OneDNNPrimitive
    do throws(BackendError) {
      kept = try make(wide, narrow)
    } catch {
      return try make(wide.anyLayout(), narrow.anyLayout())
    }
    guard kept.isReference else { return kept }
    let chosen = try make(wide.anyLayout(), narrow.anyLayout())
    return chosen.isReference ? kept : chosen
  }
}

extension Size {
  fileprivate var extents: [dnnl_dim_t] { [dnnl_dim_t(height), dnnl_dim_t(width)] }
}

/// A pointer to the value, or a null pointer where there is none.
private func withOptionalPointer<Value, Result>(
  to value: Value?, _ body: (UnsafePointer<Value>?) -> Result
) -> Result {
  guard let value else { return body(nil) }
  return withUnsafePointer(to: value) { body($0) }
}
