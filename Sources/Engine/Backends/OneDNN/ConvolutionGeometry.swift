internal import COneDNN

/// A convolution or a transposed convolution in oneDNN's terms: what the two have in common is
/// everything but the descriptor that is filled in.
struct ConvolutionGeometry {
  enum Kind {
    case convolution
    case transposed
  }

  let kind: Kind
  let source: MemoryDescription
  let result: MemoryDescription
  /// As the parameter lies: OIHW, or IOHW for a transposed convolution.
  let weight: MemoryDescription
  let bias: MemoryDescription?
  private let strides: [dnnl_dim_t]
  private let dilations: [dnnl_dim_t]
  private let paddingBefore: [dnnl_dim_t]
  private let paddingAfter: [dnnl_dim_t]

  init(_ convolution: Convolution, input: TensorLayout, output: TensorLayout) throws(BackendError) {
    kind = .convolution
    source = try MemoryDescription(input)
    result = try MemoryDescription(output)
    weight = try MemoryDescription.make(
      [
        convolution.outputs, input.shape.channels, convolution.kernel.height,
        convolution.kernel.width,
      ], dnnl_abcd)
    bias = convolution.hasBias ? try MemoryDescription.make([convolution.outputs], dnnl_a) : nil
    strides = convolution.stride.extents
    // oneDNN counts the rows that are skipped.
    dilations = convolution.dilation.extents.map { $0 - 1 }
    paddingBefore = convolution.padding.extents
    paddingAfter = convolution.padding.extents
  }

  init(
    _ convolution: TransposedConvolution, input: TensorLayout, output: TensorLayout
  ) throws(BackendError) {
    kind = .transposed
    source = try MemoryDescription(input)
    result = try MemoryDescription(output)
    // The extents are O × I × H × W for oneDNN; the parameter lies I × O × H × W.
    weight = try MemoryDescription.make(
      [
        convolution.outputs, input.shape.channels, convolution.kernel.height,
        convolution.kernel.width,
      ], dnnl_bacd)
    bias = convolution.hasBias ? try MemoryDescription.make([convolution.outputs], dnnl_a) : nil
    strides = convolution.stride.extents
    dilations = [0, 0]
    paddingBefore = convolution.padding.extents
    paddingAfter = zip(convolution.padding.extents, convolution.outputPadding.extents).map {
      $0 - $1
    }
  }

  /// Layouts that a primitive is asked for: those of the plan, or its own choice.
  struct Request {
    var source: MemoryDescription
    var result: MemoryDescription
  }

  func forward(
    _ context: OneDNNContext, _ request: Request, appendsReLU: Bool, training: Bool
  ) throws(BackendError) -> OneDNNPrimitive {
    var (source, result, weight) = (request.source, request.result, self.weight.anyLayout())
    let propagation = training ? dnnl_forward_training : dnnl_forward_inference
    if kind == .convolution {
      var descriptor = dnnl_convolution_desc_t()
      let status = withOptionalPointer(to: bias) { bias in
        dnnl_dilated_convolution_forward_desc_init(
          &descriptor, propagation, dnnl_convolution_direct, &source, &weight, bias, &result,
          strides, dilations, paddingBefore, paddingAfter)
      }
      try check(status, "describe a convolution")
      return try OneDNNPrimitive(context, operation: &descriptor, appendsReLU: appendsReLU)
    }
    var descriptor = dnnl_deconvolution_desc_t()
    let status = withOptionalPointer(to: bias) { bias in
      dnnl_dilated_deconvolution_forward_desc_init(
        &descriptor, propagation, dnnl_deconvolution_direct, &source, &weight, bias, &result,
        strides, dilations, paddingBefore, paddingAfter)
    }
    try check(status, "describe a transposed convolution")
    return try OneDNNPrimitive(context, operation: &descriptor, appendsReLU: appendsReLU)
  }

  func backwardData(
    _ context: OneDNNContext, _ request: Request, hint: OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    var (source, result, weight) = (request.source, request.result, self.weight.anyLayout())
    if kind == .convolution {
      var descriptor = dnnl_convolution_desc_t()
      try check(
        dnnl_dilated_convolution_backward_data_desc_init(
          &descriptor, dnnl_convolution_direct, &source, &weight, &result, strides, dilations,
          paddingBefore, paddingAfter), "describe a convolution's data gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: hint)
    }
    var descriptor = dnnl_deconvolution_desc_t()
    try check(
      dnnl_dilated_deconvolution_backward_data_desc_init(
        &descriptor, dnnl_deconvolution_direct, &source, &weight, &result, strides, dilations,
        paddingBefore, paddingAfter), "describe a transposed convolution's data gradient")
    return try OneDNNPrimitive(context, operation: &descriptor, hint: hint)
  }

  func backwardWeights(
    _ context: OneDNNContext, _ request: Request, hint: OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    var (source, result, weight) = (request.source, request.result, self.weight.anyLayout())
    if kind == .convolution {
      var descriptor = dnnl_convolution_desc_t()
      let status = withOptionalPointer(to: bias) { bias in
        dnnl_dilated_convolution_backward_weights_desc_init(
          &descriptor, dnnl_convolution_direct, &source, &weight, bias, &result, strides,
          dilations, paddingBefore, paddingAfter)
      }
      try check(status, "describe a convolution's weight gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: hint)
    }
    var descriptor = dnnl_deconvolution_desc_t()
    let status = withOptionalPointer(to: bias) { bias in
      dnnl_dilated_deconvolution_backward_weights_desc_init(
        &descriptor, dnnl_deconvolution_direct, &source, &weight, bias, &result, strides,
        dilations, paddingBefore, paddingAfter)
    }
    try check(status, "describe a transposed convolution's weight gradient")
    return try OneDNNPrimitive(context, operation: &descriptor, hint: hint)
  }

  /// Calls `make` with the plan's layouts; where oneDNN has only its reference loops for them,
  /// with layouts of its own choice, which cost a reorder but run many times faster.
  func preferring(
    planLayouts make: (Request) throws(BackendError) -> OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    let kept = Request(source: source, result: result)
    let chosen = Request(source: source.anyLayout(), result: result.anyLayout())
    do throws(BackendError) {
      let primitive = try make(kept)
      guard primitive.isReference else { return primitive }
      let other = try make(chosen)
      return other.isReference ? primitive : other
    } catch {
      return try make(chosen)
    }
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
