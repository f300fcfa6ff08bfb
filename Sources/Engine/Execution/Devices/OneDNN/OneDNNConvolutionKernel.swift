internal import CKernels
internal import COneDNN
internal import Networks

/// Convolution by oneDNN; a ReLU behind it is part of the forward primitive.
final class OneDNNConvolutionKernel: RepeatableKernel {
  private let request: KernelRequest
  private let forwardCall: OneDNNCall
  private let gradients: ConvolutionGradients?
  private var tensors = HostTensors.unbound

  init(
    _ context: OneDNNContext, _ convolution: Convolution, _ request: KernelRequest
  ) throws(DeviceError) {
    self.request = request
    let (wide, narrow) = (request.inputs[0], request.outputs[0])
    let geometry = try ConvolutionGeometry(
      wide: wide, narrow: narrow, kernel: convolution.kernel, stride: convolution.stride,
      padding: convolution.padding, paddingAfter: convolution.paddingAfter,
      dilation: convolution.dilation, groups: convolution.groups, hasBias: convolution.hasBias)
    forwardCall = try geometry.call(
      .forward(appendsReLU: request.activation == .relu), context, request)

    guard request.isTraining else {
      gradients = nil
      return
    }
    let forward = forwardCall.primitive
    let data =
      try request.wantsInputGradient[0]
      ? geometry.call(.dataGradient(forward), context, request) : nil
    gradients = ConvolutionGradients(
      data: data,
      weights: try geometry.weightGradientCall(
        context, forward: forward, wide: wide, narrow: narrow, request),
      input: wide, threads: request.threads)
  }

  let workspaceBytes = 0
  var scratchBytes: Int { max(forwardCall.scratchBytes, gradients?.scratchBytes ?? 0) }
  var backwardReads: BackwardReads {
    BackwardReads(inputs: true, outputs: request.activation == .relu)
  }
  var implementations: KernelImplementations {
    KernelImplementations(
      forward: forwardCall.implementation,
      dataGradient: gradients?.implementations.data ?? "",
      weightGradient: gradients?.implementations.weights ?? "")
  }

  func bind(_ tensors: HostTensors) {
    self.tensors = tensors
    let parameters = tensors.parameters.map { UnsafeMutableRawPointer($0) }
    forwardCall.bind(
      [tensors.inputs[0].start, tensors.outputs[0].start] + parameters, scratch: tensors.scratch)
    guard let gradients else { return }
    let resultGradient = tensors.placedOutputGradient.start
    gradients.bind(
      data: { [resultGradient, $0, parameters[0]] },
      weights: [tensors.inputs[0].start, resultGradient]
        + tensors.parameterGradients.map { UnsafeMutableRawPointer($0) },
      tensors, scratch: tensors.scratch)
  }

  func repeatForward() { forwardCall.run() }

  func backward() {
    if request.activation == .relu {
      ck_relu_backward(
        request.outputs[0].kernel, tensors.output(), tensors.outputGradient,
        tensors.outputGradient, 0, Int32(request.threads))
    }
    gradients?.run()
  }
}
