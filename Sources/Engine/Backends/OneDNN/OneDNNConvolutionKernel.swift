internal import CKernels
internal import COneDNN

/// Convolution by oneDNN; a ReLU behind it is part of the forward primitive.
final class OneDNNConvolutionKernel: Kernel {
  private let request: KernelRequest
  private let forwardCall: OneDNNCall
  private let gradients: ConvolutionGradients?
  private var tensors: KernelTensors?

  init(
    _ context: OneDNNContext, _ convolution: Convolution, _ request: KernelRequest
  ) throws(BackendError) {
    self.request = request
    let geometry = try ConvolutionGeometry(
      wide: request.inputs[0], narrow: request.outputs[0], kernel: convolution.kernel,
      stride: convolution.stride, padding: convolution.padding, dilation: convolution.dilation,
      hasBias: convolution.hasBias)
    let forward = try geometry.forward(context, appendsReLU: request.activation == .relu)
    forwardCall = OneDNNCall(
      context, forward,
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: geometry.wide),
        OneDNNOperand(argument: DNNL_ARG_DST, kept: geometry.narrow, isOutput: true),
        OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: geometry.weight),
      ] + geometry.biasOperands(DNNL_ARG_BIAS, isOutput: false))

    guard request.isTraining else {
      gradients = nil
      return
    }
    let data =
      try request.wantsInputGradient[0]
      ? OneDNNCall(
        context, geometry.dataGradient(context, forward: forward),
        [
          OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: geometry.narrow),
          OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: geometry.weight),
          OneDNNOperand(argument: DNNL_ARG_DIFF_SRC, kept: geometry.wide, isOutput: true),
        ]) : nil
    let weights = try OneDNNCall(
      context, geometry.weightGradient(context, forward: forward),
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: geometry.wide),
        OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: geometry.narrow),
        OneDNNOperand(argument: DNNL_ARG_DIFF_WEIGHTS, kept: geometry.weight, isOutput: true),
      ] + geometry.biasOperands(DNNL_ARG_DIFF_BIAS, isOutput: true))
    gradients = ConvolutionGradients(data: data, weights: weights, input: request.inputs[0])
  }

  let workspaceBytes = 0
  var scratchBytes: Int { max(forwardCall.scratchBytes, gradients?.scratchBytes ?? 0) }
  var backwardReads: BackwardReads {
    BackwardReads(inputs: true, outputs: request.activation == .relu)
  }

  func bind(_ tensors: KernelTensors) {
    self.tensors = tensors
    let parameters = tensors.parameters.map { UnsafeMutableRawPointer($0) }
    forwardCall.bind(
      [tensors.inputs[0], tensors.outputs[0]] + parameters, scratch: tensors.scratch)
    guard let gradients, let result = tensors.outputGradients[0] else { return }
    let resultGradient = UnsafeMutableRawPointer(result)
    gradients.bind(
      data: [resultGradient, parameters[0]],
      weights: [tensors.inputs[0], resultGradient]
        + tensors.parameterGradients.map { UnsafeMutableRawPointer($0) },
      tensors)
  }

  func forward(_ pass: ForwardPass) { forwardCall.run() }

  func backward() {
    guard let tensors, let result = tensors.outputGradients[0] else { return }
    if request.activation == .relu {
      ck_relu_backward(
        tensors.outputs[0].assumingMemoryBound(to: Float.self), result, result,
        request.outputs[0].elements, 0, Int32(request.threads))
    }
    gradients?.run(threads: request.threads)
  }
}

/// Transposed convolution by oneDNN's convolution, seen from the other side.
final class OneDNNTransposedConvolutionKernel: Kernel {
  private let request: KernelRequest
  private let hasBias: Bool
  private let forwardCall: OneDNNCall
  private let gradients: ConvolutionGradients?
  private var tensors: KernelTensors?

  init(
    _ context: OneDNNContext, _ convolution: TransposedConvolution, _ request: KernelRequest
  ) throws(BackendError) {
    self.request = request
    hasBias = convolution.hasBias
    let geometry = try ConvolutionGeometry(
      wide: request.outputs[0], narrow: request.inputs[0], kernel: convolution.kernel,
      stride: convolution.stride, padding: convolution.padding,
      dilation: Size(height: 1, width: 1), hasBias: false)
    let convolved = try geometry.forward(context)
    forwardCall = try OneDNNCall(
      context, geometry.dataGradient(context, forward: convolved),
      [
        OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: geometry.narrow),
        OneDNNOperand(argument: DNNL_ARG_DIFF_SRC, kept: geometry.wide, isOutput: true),
        OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: geometry.weight),
      ])

    guard request.isTraining else {
      gradients = nil
      return
    }
    let data =
      request.wantsInputGradient[0]
      ? OneDNNCall(
        context, convolved,
        [
          OneDNNOperand(argument: DNNL_ARG_SRC, kept: geometry.wide),
          OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: geometry.weight),
          OneDNNOperand(argument: DNNL_ARG_DST, kept: geometry.narrow, isOutput: true),
        ]) : nil
    let weights = try OneDNNCall(
      context, geometry.weightGradient(context, forward: convolved),
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: geometry.wide),
        OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: geometry.narrow),
        OneDNNOperand(argument: DNNL_ARG_DIFF_WEIGHTS, kept: geometry.weight, isOutput: true),
      ])
    gradients = ConvolutionGradients(data: data, weights: weights, input: request.inputs[0])
  }

  let workspaceBytes = 0
  var scratchBytes: Int {
    max(
      forwardCall.scratchBytes, gradients?.scratchBytes ?? 0,
      ck_channel_sums_scratch(request.outputs[0].kernel) * MemoryLayout<Float>.stride)
  }
  var backwardReads: BackwardReads {
    BackwardReads(inputs: true, outputs: request.activation == .relu)
  }

  func bind(_ tensors: KernelTensors) {
    self.tensors = tensors
    let weight = UnsafeMutableRawPointer(tensors.parameters[0])
    forwardCall.bind([tensors.inputs[0], tensors.outputs[0], weight], scratch: tensors.scratch)
    guard let gradients, let result = tensors.outputGradients[0] else { return }
    let resultGradient = UnsafeMutableRawPointer(result)
    gradients.bind(
      data: [resultGradient, weight],
      weights: [
        resultGradient, tensors.inputs[0], UnsafeMutableRawPointer(tensors.parameterGradients[0]),
      ], tensors)
  }

  func forward(_ pass: ForwardPass) {
    forwardCall.run()
    guard let tensors else { return }
    ck_add_bias(
      request.outputs[0].kernel, tensors.outputs[0].assumingMemoryBound(to: Float.self),
      hasBias ? tensors.parameters[1] : nil, request.activation == .relu ? 1 : 0,
      Int32(request.threads))
  }

  func backward() {
    guard let tensors, let result = tensors.outputGradients[0] else { return }
    if request.activation == .relu {
      ck_relu_backward(
        tensors.outputs[0].assumingMemoryBound(to: Float.self), result, result,
        request.outputs[0].elements, 0, Int32(request.threads))
    }
    if hasBias {
      ck_channel_sums(
        request.outputs[0].kernel, result, tensors.parameterGradients[1],
        tensors.scratch?.assumingMemoryBound(to: Float.self), Int32(request.threads))
    }
    gradients?.run(threads: request.threads)
  }
}

/// The backward half of both kernels: the input's gradient, where it is wanted, and the weights'.
private final class ConvolutionGradients {
  private let data: OneDNNCall?
  private let weights: OneDNNCall
  private let input: TensorLayout
  /// Where a gradient that accumulates is added to, and the scratch memory that holds the summand.
  private var addition: (target: UnsafeMutablePointer<Float>, summand: UnsafeMutablePointer<Float>)?

  init(data: OneDNNCall?, weights: OneDNNCall, input: TensorLayout) {
    self.data = data
    self.weights = weights
    self.input = input
  }

  var scratchBytes: Int {
    max(weights.scratchBytes, data.map { $0.scratchBytes + input.bytes } ?? 0)
  }

  /// - Parameters:
  ///   - data: the operands of the data gradient but for the last, the input's gradient.
  ///   - weights: all operands of the weight gradient.
  func bind(
    data operands: [UnsafeMutableRawPointer], weights weightOperands: [UnsafeMutableRawPointer],
    _ tensors: KernelTensors
  ) {
    weights.bind(weightOperands, scratch: tensors.scratch)
    guard let data, let target = tensors.inputGradients[0] else { return }
    if tensors.accumulates[0], let scratch = tensors.scratch {
      addition = (target, scratch.assumingMemoryBound(to: Float.self))
    }
    data.bind(
      operands + [UnsafeMutableRawPointer(addition?.summand ?? target)],
      scratch: tensors.scratch.map { $0 + input.bytes })
  }

  func run(threads: Int) {
    weights.run()
    data?.run()
    if let addition {
      ck_accumulate(addition.summand, addition.target, input.elements, Int32(threads))
    }
  }
}

extension ConvolutionGeometry {
  /// The operand for the bias, where there is one.
  fileprivate func biasOperands(_ argument: Int32, isOutput: Bool) -> [OneDNNOperand] {
    bias.map { [OneDNNOperand(argument: argument, kept: $0, isOutput: isOutput)] } ?? []
  }
}
