internal import CKernels
internal import Groundwork

/// One slope a channel.
final class PReLUKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads = BackwardReads(inputs: true, outputs: false)
  let inPlace = InPlace(output: true, gradient: true)

  private let layout: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ request: KernelRequest) {
    layout = request.commonLayout
    threads = Int32(request.threads)
    scratchBytes = request.isTraining ? floatBytes(ck_prelu_scratch(layout.kernel)) : 0
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    ck_prelu(layout.kernel, tensors.input(), tensors.parameters[0], tensors.output(), threads)
  }

  func backward() {
    ck_prelu_backward(
      layout.kernel, tensors.input(), tensors.parameters[0], tensors.outputGradient,
      tensors.inputGradient() ?? .none, tensors.accumulates(), tensors.parameterGradients[0],
      tensors.floatScratch, threads)
  }
}
