internal import CKernels
internal import COneDNN

/// Convolution and transposed convolution by oneDNN: forward, data gradient and weight gradient,
/// each with the weights reordered on the way in or out.
final class OneDNNConvolutionKernel: Kernel {
  private let geometry: ConvolutionGeometry
  private let request: KernelRequest
  private let forwardCall: OneDNNCall
  private let dataCall: OneDNNCall?
  private let weightCall: OneDNNCall?
  private var tensors: KernelTensors?

  init(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, _ request: KernelRequest
  ) throws(BackendError) {
    self.geometry = geometry
    self.request = request
    let biasOperand = geometry.bias.map { OneDNNOperand(argument: DNNL_ARG_BIAS, kept: $0) }

    let forward = try geometry.preferring { (layouts) throws(BackendError) in
      try geometry.forward(
        context, layouts, appendsReLU: request.activation == .relu, training: request.isTraining)
    }
    forwardCall = OneDNNCall(
      context, forward,
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: geometry.source),
        OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: geometry.weight),
        OneDNNOperand(argument: DNNL_ARG_DST, kept: geometry.result, isOutput: true),
      ] + (biasOperand.map { [$0] } ?? []))

    guard request.isTraining else {
      (dataCall, weightCall) = (nil, nil)
      return
    }
    if request.wantsInputGradient[0] {
      let data = try geometry.preferring { (layouts) throws(BackendError) in
        try geometry.backwardData(context, layouts, hint: forward)
      }
      dataCall = OneDNNCall(
        context, data,
        [
          OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: geometry.result),
          OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: geometry.weight),
          OneDNNOperand(argument: DNNL_ARG_DIFF_SRC, kept: geometry.source, isOutput: true),
        ])
    } else {
      dataCall = nil
    }
    let weights = try geometry.preferring { (layouts) throws(BackendError) in
      try geometry.backwardWeights(context, layouts, hint: forward)
    }
    weightCall = OneDNNCall(
      context, weights,
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: geometry.source),
        OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: geometry.result),
        OneDNNOperand(argument: DNNL_ARG_DIFF_WEIGHTS, kept: geometry.weight, isOutput: true),
      ]
        + (geometry.bias.map {
          [OneDNNOperand(argument: DNNL_ARG_DIFF_BIAS, kept: $0, isOutput: true)]
        } ?? []))
  }

  let workspaceBytes = 0

  /// A gradient that is added to what is there goes by way of scratch memory.
  private var summandBytes: Int { request.inputs[0].bytes }

  var scratchBytes: Int {
    let calls = [forwardCall, dataCall, weightCall].map { $0?.scratchBytes ?? 0 }.max() ?? 0
    return calls + (dataCall == nil ? 0 : summandBytes)
  }

  var backwardReads: BackwardReads {
    BackwardReads(inputs: true, outputs: request.activation == .relu)
  }

  func bind(_ tensors: KernelTensors) {
    self.tensors = tensors
    let parameters = tensors.parameters.map { UnsafeMutableRawPointer($0) }
    forwardCall.bind(
      [tensors.inputs[0], parameters[0], tensors.outputs[0]] + parameters.dropFirst(),
      scratch: tensors.scratch)
    guard let result = tensors.outputGradients.first.flatMap({ $0 }) else { return }
    if let dataCall, let input = tensors.inputGradients[0] {
      let scratch = tensors.scratch
      let target = tensors.accumulates[0] ? scratch! : UnsafeMutableRawPointer(input)
      dataCall.bind(
        [UnsafeMutableRawPointer(result), parameters[0], target],
        scratch: scratch.map { $0 + summandBytes })
    }
    let gradients = tensors.parameterGradients.map { UnsafeMutableRawPointer($0) }
    weightCall?.bind(
      [tensors.inputs[0], UnsafeMutableRawPointer(result), gradients[0]] + gradients.dropFirst(),
      scratch: tensors.scratch)
  }

  func forward(_ pass: ForwardPass) { forwardCall.run() }

  func backward() {
    guard let tensors, let result = tensors.outputGradients[0] else { return }
    if request.activation == .relu {
      ck_relu_backward(
        result, tensors.outputs[0].assumingMemoryBound(to: Float.self), result,
        request.outputs[0].elements, Int32(request.threads))
    }
    weightCall?.run()
    if let dataCall, let input = tensors.inputGradients[0] {
      dataCall.run()
      if tensors.accumulates[0] {
        ck_accumulate(
          input, tensors.scratch!.assumingMemoryBound(to: Float.self), request.inputs[0].elements,
          Int32(request.threads))
      }
    }
  }
}
