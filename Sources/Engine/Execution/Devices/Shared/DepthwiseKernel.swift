internal import CKernels
internal import Groundwork
internal import Networks

/// A convolution of each channel with a kernel of its own, which memory bounds and not arithmetic; a bias
/// and a rectifier without slope may be fused.
final class DepthwiseKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads: BackwardReads

  private let convolution: ck_depthwise
  private let output: TensorLayout
  private let hasBias: Bool
  private let rectifier: Rectifier?
  private var tensors = HostTensors.unbound

  /// The most values of a kernel whose sums a thread keeps at hand.
  private static let mostTaps = 63

  /// True where the kernel can run a request; other convolutions are those of the device.
  static func serves(_ request: KernelRequest) -> Bool {
    guard case .convolution(let operation) = request.operation else { return false }
    let (input, output) = (request.inputs[0], request.outputs[0])
    return operation.isDepthwise(of: input.shape.channels)
      && input.block == output.block && input.precision == output.precision
      && operation.kernel.count <= mostTaps
  }

  init(_ operation: Convolution, _ request: KernelRequest) {
    output = request.outputs[0]
    hasBias = operation.hasBias
    if case .rectifier(let rectifier) = request.activation {
      precondition(rectifier.slope == 0, "no convolution with a fused \(rectifier)")
      self.rectifier = rectifier
    } else {
      rectifier = nil
    }
    convolution = ck_depthwise(
      input: request.inputs[0].kernel, output: output.kernel, kernel: ck_extent(operation.kernel),
      stride: ck_extent(operation.stride),
      padding: ck_extent(operation.padding.lifted(filling: 0)),
      dilation: ck_extent(operation.dilation), threads: Int32(request.threads))
    scratchBytes = withUnsafePointer(to: convolution) { floatBytes(ck_depthwise_scratch($0)) }
    backwardReads = BackwardReads(inputs: true, outputs: rectifier != nil)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    var convolution = convolution
    let finish = ck_depthwise_finish(
      bias: hasBias ? UnsafePointer(tensors.parameters[1]) : nil,
      rectifies: rectifier == nil ? 0 : 1, ceiling: rectifier?.ceiling ?? .nan)
    ck_depthwise_forward(
      &convolution, tensors.input(), tensors.parameters[0], finish, tensors.output(),
      tensors.floatScratch)
  }

  func backward() {
    var convolution = convolution
    let gradient = tensors.outputGradient
    if let rectifier {
      ck_rectify_backward(
        output.kernel, rectifier.kernel, tensors.output(), gradient, gradient, 0,
        convolution.threads)
    }
    ck_depthwise_weight(
      &convolution, tensors.input(), gradient, tensors.parameterGradients[0],
      hasBias ? tensors.parameterGradients[1] : nil, tensors.floatScratch)
    guard let inputGradient = tensors.inputGradient() else { return }
    ck_depthwise_data(
      &convolution, gradient, tensors.parameters[0], inputGradient, tensors.accumulates(),
      tensors.floatScratch)
  }
}
