internal import CKernels
internal import COneDNN

/// Transposed convolution by oneDNN's convolution, seen from the other side.
///
/// Its output may be a range of channels of a wider tensor: oneDNN then works on a copy in scratch
/// memory, and the passes for the bias and its gradient, which are needed anyway, copy on the way.
final class OneDNNTransposedConvolutionKernel: Kernel {
  private let request: KernelRequest
  private let hasBias: Bool
  /// As oneDNN sees it.
  private let output: TensorLayout
  private let forwardCall: OneDNNCall
  private let gradients: ConvolutionGradients?
  private var tensors = KernelTensors.unbound
  /// The output and its gradient as oneDNN sees them.
  private var seenOutput = ck_tensor.none
  private var seenGradient = ck_tensor.none
  private var sumsScratch: UnsafeMutablePointer<Float>?

  init(
    _ context: OneDNNContext, _ convolution: TransposedConvolution, _ request: KernelRequest
  ) throws(BackendError) {
    self.request = request
    hasBias = convolution.hasBias
    output = request.outputs[0].dense
    let geometry = try ConvolutionGeometry(
      wide: output, narrow: request.inputs[0], kernel: convolution.kernel,
      stride: convolution.stride, padding: convolution.padding,
      dilation: Size(height: 1, width: 1), hasBias: false)
    let convolved = try geometry.primitive(.forward(appendsReLU: false), context, request)
    forwardCall = try OneDNNCall(
      context, geometry.primitive(.dataGradient(convolved), context, request),
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
    gradients = ConvolutionGradients(
      data: data,
      weights: try geometry.weightGradientCall(
        context, forward: convolved, wide: output, narrow: request.inputs[0], request),
      input: request.inputs[0], threads: request.threads)
  }

  let workspaceBytes = 0
  let isRepeatable = true
  private var isWithinWider: Bool { request.outputs[0].wideStride != nil }
  private var copyBytes: Int { isWithinWider ? (output.bytes + 63) / 64 * 64 : 0 }
  private var sumsBytes: Int {
    hasBias ? (floatBytes(ck_channel_sums_scratch(output.kernel)) + 63) / 64 * 64 : 0
  }
  var scratchBytes: Int {
    copyBytes + sumsBytes + max(forwardCall.scratchBytes, gradients?.scratchBytes ?? 0)
  }
  var backwardReads: BackwardReads {
    BackwardReads(inputs: true, outputs: request.activation == .relu)
  }
  var implementations: KernelImplementations {
    KernelImplementations(
      forward: forwardCall.implementation,
      dataGradient: gradients?.implementations.data ?? "",
      weightGradient: gradients?.implementations.weights ?? "")
  }

  func bind(_ tensors: KernelTensors) {
    self.tensors = tensors
    let weight = UnsafeMutableRawPointer(tensors.parameters[0])
    let rest = tensors.scratch.map { $0 + copyBytes + sumsBytes }
    sumsScratch = tensors.scratch.map { ($0 + copyBytes).assumingMemoryBound(to: Float.self) }
    func seen(_ tensor: PlacedTensor) -> UnsafeMutableRawPointer {
      isWithinWider ? tensors.scratch! : tensor.start
    }
    let seenOutput = seen(tensors.outputs[0])
    self.seenOutput = output.kernel(at: seenOutput)
    forwardCall.bind([tensors.inputs[0].start, seenOutput, weight], scratch: rest)
    guard let gradients else { return }
    let seenGradient = seen(tensors.placedOutputGradient)
    self.seenGradient = output.kernel(at: seenGradient)
    gradients.bind(
      data: [seenGradient, weight],
      weights: [
        seenGradient, tensors.inputs[0].start,
        UnsafeMutableRawPointer(tensors.parameterGradients[0]),
      ], tensors, scratch: rest)
  }

  func forward(_ pass: ForwardPass) { repeatForward() }

  func repeatForward() {
    forwardCall.run()
    ck_add_bias(
      output.kernel, seenOutput, hasBias ? tensors.parameters[1] : nil,
      request.activation == .relu ? 1 : 0, tensors.output(), Int32(request.threads))
  }

  func backward() {
    let threads = Int32(request.threads)
    if request.activation == .relu {
      ck_relu_backward(
        output.kernel, tensors.output(), tensors.outputGradient, tensors.outputGradient, 0,
        threads)
    }
    if hasBias {
      ck_channel_sums(
        output.kernel, tensors.outputGradient, seenGradient, tensors.parameterGradients[1],
        sumsScratch, threads)
    } else {
      ck_copy(output.kernel, tensors.outputGradient, seenGradient, threads)
    }
    gradients?.run()
  }
}
