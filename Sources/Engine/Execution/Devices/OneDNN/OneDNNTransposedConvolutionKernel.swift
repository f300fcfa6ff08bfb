internal import CKernels
internal import COneDNN
internal import Groundwork
internal import Networks

/// Transposed convolution by oneDNN's convolution, seen from the other side.
///
/// Its output may be a range of channels of a wider tensor, and its gradient of another precision than
/// both primitives of the backward pass read: oneDNN then works on a copy in scratch memory, and the
/// passes for the bias and its gradient, which are needed anyway, copy on the way.
final class OneDNNTransposedConvolutionKernel: RepeatableKernel {
  private let request: KernelRequest
  private let hasBias: Bool
  /// As oneDNN sees the output and its gradient.
  private let output: TensorLayout
  private let outputGradient: TensorLayout
  private let forwardCall: OneDNNCall
  private let gradients: ConvolutionGradients?
  private var tensors = HostTensors.unbound
  private var seenOutput = ck_tensor.none
  private var seenGradient = ck_tensor.none
  private var sumsScratch: UnsafeMutablePointer<Float>?

  init(
    _ context: OneDNNContext, _ convolution: TransposedConvolution, _ request: KernelRequest
  ) throws(DeviceError) {
    self.request = request
    hasBias = convolution.hasBias
    output = request.outputs[0].dense
    func geometry(wide: TensorLayout) throws(DeviceError) -> ConvolutionGeometry {
      try ConvolutionGeometry(
        wide: wide, narrow: request.inputs[0], kernel: convolution.kernel,
        stride: convolution.stride, padding: convolution.padding,
        dilation: convolution.kernel.map { _ in 1 }, hasBias: false)
    }
    let forward = try geometry(wide: output)
    let reverse = ConvolutionGeometry.Direction.forward(appendsReLU: false)
    let convolved = try forward.call(reverse, context, request).primitive
    forwardCall = try forward.call(.dataGradient(convolved), context, request)

    var outputGradient = output
    outputGradient.precision = forward.working
    self.outputGradient = outputGradient
    guard request.isTraining else {
      gradients = nil
      return
    }
    let backward = try geometry(wide: outputGradient)
    let data =
      try request.wantsInputGradient[0] ? backward.call(reverse, context, request) : nil
    gradients = ConvolutionGradients(
      data: data,
      weights: try backward.weightGradientCall(
        context, forward: convolved, wide: outputGradient, narrow: request.inputs[0], request),
      input: request.inputs[0], threads: request.threads)
  }

  let workspaceBytes = 0
  private var isStridedView: Bool { request.outputs[0].wideStride != nil }
  private var copiesGradient: Bool { isStridedView || outputGradient != output }
  private var copyBytes: Int {
    let bytes = isStridedView ? output.bytes : copiesGradient ? outputGradient.bytes : 0
    return (bytes + 63) / 64 * 64
  }
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

  func bind(_ tensors: HostTensors) {
    self.tensors = tensors
    let weight = UnsafeMutableRawPointer(tensors.parameters[0])
    let rest = tensors.scratch.map { $0 + copyBytes + sumsBytes }
    sumsScratch = tensors.scratch.map { ($0 + copyBytes).assumingMemoryBound(to: Float.self) }
    let seenOutput = isStridedView ? tensors.scratch! : tensors.outputs[0].start
    self.seenOutput = output.kernel(at: seenOutput)
    forwardCall.bind([tensors.inputs[0].start, seenOutput, weight], scratch: rest)
    guard let gradients else { return }
    let seenGradient = copiesGradient ? tensors.scratch! : tensors.placedOutputGradient.start
    self.seenGradient = outputGradient.kernel(at: seenGradient)
    gradients.bind(
      data: { [seenGradient, $0, weight] },
      weights: [
        seenGradient, tensors.inputs[0].start,
        UnsafeMutableRawPointer(tensors.parameterGradients[0]),
      ], tensors, scratch: rest)
  }

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
