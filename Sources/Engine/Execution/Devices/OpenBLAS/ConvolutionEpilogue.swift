internal import CKernels
internal import Groundwork
internal import Networks

/// What both convolutions do to their output: a bias and a fused ReLU.
struct ConvolutionEpilogue {
  let hasBias: Bool
  let hasReLU: Bool
  private let output: TensorLayout
  private let isTraining: Bool
  private let threads: Int32

  init(hasBias: Bool, _ request: KernelRequest) {
    precondition(
      (request.inputs + request.outputs).allSatisfy { $0.block == 1 && $0.precision == .f32 },
      "columns are made of plain layouts, not of \(request.inputs) and \(request.outputs)")
    precondition(
      request.activation == .none || request.activation == .relu,
      "no convolution with a fused \(request.activation)")
    self.hasBias = hasBias
    hasReLU = request.activation == .relu
    output = request.outputs[0]
    isTraining = request.isTraining
    threads = Int32(request.threads)
  }

  var scratchBytes: Int {
    hasBias && isTraining ? floatBytes(ck_channel_sums_scratch(output.kernel)) : 0
  }

  func finish(_ tensors: HostTensors) -> ColumnProducts.Finish {
    ColumnProducts.Finish(bias: hasBias ? tensors.parameters[1] : nil, clampsAtZero: hasReLU)
  }

  /// Makes the gradient of the output one of the values before the ReLU, in place, and writes the
  /// gradient of the bias.
  func backward(_ tensors: HostTensors) {
    let gradient = tensors.outputGradient
    if hasReLU {
      ck_relu_backward(output.kernel, tensors.output(), gradient, gradient, 0, threads)
    }
    if hasBias {
      ck_channel_sums(
        output.kernel, gradient, .none, tensors.parameterGradients[1], tensors.floatScratch,
        threads)
    }
  }
}
