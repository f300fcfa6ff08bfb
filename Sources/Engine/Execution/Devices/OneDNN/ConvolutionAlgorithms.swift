internal import CKernels
internal import COneDNN
internal import Groundwork

/// How a convolution may be computed, and which way is chosen.
extension ConvolutionGeometry {
  /// Makes a direction's call with the algorithm that is chosen.
  ///
  /// - Parameter scratchLimit: the bytes of scratch memory that an algorithm other than the direct
  ///   one may take.
  func call(
    _ direction: Direction, _ context: OneDNNContext, threads: Int, scratchLimit: Int
  ) throws(DeviceError) -> OneDNNCall {
    let operands = operands(of: direction)
    var calls = [
      ConvolutionAlgorithm.direct: OneDNNCall(context, try direct(direction, context), operands)
    ]
    for algorithm in ConvolutionAlgorithm.allCases where algorithm != .direct {
      guard let primitive = primitive(direction, algorithm, context) else { continue }
      let call = OneDNNCall(context, primitive, operands)
      if call.scratchBytes <= scratchLimit { calls[algorithm] = call }
    }
    let choice = context.algorithms.choose(
      for: "\(direction.name) \(description), \(threads) threads", flops: flops,
      among: calls.keys
    ) { calls[$0]!.seconds }
    return calls[choice]!
  }

  /// The call of a kernel. Where results must not depend on the number of threads, one of them makes
  /// products of matrices: oneDNN cuts up the sums of those by threads.
  func call(
    _ direction: Direction, _ context: OneDNNContext, _ request: KernelRequest
  ) throws(DeviceError) -> OneDNNCall {
    func call(threads: Int) throws(DeviceError) -> OneDNNCall {
      try self.call(direction, context, threads: threads, scratchLimit: request.scratchLimit)
    }
    let shared = try call(threads: request.threads)
    guard context.isPortable, shared.multipliesMatrices else { return shared }
    ck_set_library_threads(1)
    defer { ck_set_library_threads(Int32(request.threads)) }
    let alone = try call(threads: 1)
    alone.threadsOfOthers = request.threads
    return alone
  }

  /// The FLOPs, those for the channels that fill up blocks included.
  private var flops: Int {
    2 * narrowLayout.elements * wideLayout.blocks * wideLayout.block * kernel.count / groups
  }

  /// A primitive of an algorithm other than the direct one; `nil` where it does not apply or oneDNN
  /// has none.
  private func primitive(
    _ direction: Direction, _ algorithm: ConvolutionAlgorithm, _ context: OneDNNContext
  ) -> OneDNNPrimitive? {
    // What the others gain, groups do not have: many channels for each output.
    guard groups == 1 else { return nil }
    switch algorithm {
    case .direct:
      return nil
    case .directInWholeBlocks:
      guard !wide.isInWholeBlocks || !narrow.isInWholeBlocks, !isMiscomputedInBF16(direction)
      else { return nil }
      // A bias lies in no blocks: nothing would set to zero what is added to the channels beyond.
      if case .forward = direction, bias != nil { return nil }
      let whole = try? make(
        direction, dnnl_convolution_direct, wide.inWholeBlocks, narrow.inWholeBlocks, working,
        context)
      return whole?.isReference == false ? whole : nil
    case .directInTiles:
      guard working == .bf16, OneDNNDevice.hasTiles, !isMiscomputedInBF16(direction),
        let wide = try? wide.channelsLast, let narrow = try? narrow.channelsLast
      else { return nil }
      let tiled = try? make(direction, dnnl_convolution_direct, wide, narrow, working, context)
      return tiled?.usesTiles == true ? tiled : nil
    case .winograd, .winogradInF32:
      // oneDNN has it for images and in f32 alone.
      guard kernel == [3, 3], strides == [1, 1], dilations == [0, 0],
        (algorithm == .winograd) == (working == .f32)
      else { return nil }
      return try? make(
        direction, dnnl_convolution_winograd, wide.of(.f32), narrow.of(.f32), .f32, context)
    }
  }

  /// A primitive that computes the convolution as it is defined, for the plan's layouts. Where
  /// oneDNN has only its reference loops for these, the primitive is for layouts of oneDNN's own
  /// choice: they cost a reorder but run many times faster.
  private func direct(
    _ direction: Direction, _ context: OneDNNContext
  ) throws(DeviceError) -> OneDNNPrimitive {
    let working: Precision = isMiscomputedInBF16(direction) ? .f32 : self.working
    func made(
      _ wide: MemoryDescription, _ narrow: MemoryDescription
    ) throws(DeviceError) -> OneDNNPrimitive {
      try make(direction, dnnl_convolution_direct, wide, narrow, working, context)
    }
    let kept = try? made(wide, narrow)
    if let kept, !kept.isReference { return kept }
    let chosen = try made(wide.anyLayout(), narrow.anyLayout())
    return chosen.isReference ? kept ?? chosen : chosen
  }

  /// oneDNN 2.6 leaves weight gradients unwritten, or writes beyond its memory, where along an axis with
  /// a stride above 1 no window lies inside the map and both maps are read as `bf16`.
  private func isMiscomputedInBF16(_ direction: Direction) -> Bool {
    guard case .weightGradient = direction, working == .bf16 else { return false }
    return (0..<kernel.rank).contains { axis in
      let stride = Int(strides[axis]), padding = Int(padding[axis])
      // Where the first window begins that does not begin before the map.
      let first = (padding + stride - 1) / stride * stride - padding
      let reach = (Int(dilations[axis]) + 1) * (kernel[axis] - 1) + 1
      return stride > 1 && first + reach > wideLayout.shape.extent[axis]
    }
  }

  /// - Parameter working: the precision of what the primitive reads. What it writes has the
  ///   precision of `wide` or `narrow`, and weight gradients are `f32`.
  private func make(
    _ direction: Direction, _ algorithm: dnnl_alg_kind_t, _ wide: MemoryDescription,
    _ narrow: MemoryDescription, _ working: Precision, _ context: OneDNNContext
  ) throws(DeviceError) -> OneDNNPrimitive {
    var descriptor = dnnl_convolution_desc_t()
    switch direction {
    case .forward(let appendsReLU):
      var (wide, narrow) = (wide.of(working), narrow)
      var weight = anyWeight(working, wide, narrow)
      let status = withOptionalPointer(to: bias(of: narrow)) { bias in
        dnnl_dilated_convolution_forward_desc_init(
          &descriptor, dnnl_forward_training, algorithm, &wide, &weight, bias, &narrow, strides,
          dilations, padding, paddingAfter)
      }
      try check(status, "describe a convolution")
      return try OneDNNPrimitive(context, operation: &descriptor, appendsReLU: appendsReLU)
    case .dataGradient(let forward):
      var (wide, narrow) = (wide, narrow.of(working))
      var weight = anyWeight(working, wide, narrow)
      try check(
        dnnl_dilated_convolution_backward_data_desc_init(
          &descriptor, algorithm, &wide, &weight, &narrow, strides, dilations, padding, paddingAfter
        ),
        "describe a convolution's data gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: forward)
    case .weightGradient(let forward):
      var (wide, narrow) = (wide.of(working), narrow.of(working))
      var weight = anyWeight(.f32, wide, narrow)
      let status = withOptionalPointer(to: bias(of: narrow)) { bias in
        dnnl_dilated_convolution_backward_weights_desc_init(
          &descriptor, algorithm, &wide, &weight, bias, &narrow, strides, dilations, padding,
          paddingAfter)
      }
      try check(status, "describe a convolution's weight gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: forward)
    }
  }

  /// The weights between these maps.
  private func anyWeight(
    _ precision: Precision, _ wide: MemoryDescription, _ narrow: MemoryDescription
  ) -> MemoryDescription {
    var description = weight.of(precision)
    guard groups == 1 else { return description.anyLayout() }
    (description.dims.0, description.dims.1) = (narrow.dims.1, wide.dims.1)
    (description.padded_dims.0, description.padded_dims.1) = (narrow.dims.1, wide.dims.1)
    return description.anyLayout()
  }

  /// One value for each channel of this map.
  private func bias(of narrow: MemoryDescription) -> MemoryDescription? {
    guard var description = bias else { return nil }
    (description.dims.0, description.padded_dims.0) = (narrow.dims.1, narrow.dims.1)
    return description
  }
}

extension ConvolutionGeometry.Direction {
  fileprivate var name: String {
    switch self {
    case .forward: "forward"
    case .dataGradient: "data gradient"
    case .weightGradient: "weight gradient"
    }
  }
}

/// A pointer to the value, or a null pointer where there is none.
private func withOptionalPointer<Value, Result>(
  to value: Value?, _ body: (UnsafePointer<Value>?) -> Result
) -> Result {
  guard let value else { return body(nil) }
  return withUnsafePointer(to: value) { body($0) }
}
