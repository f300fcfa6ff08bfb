internal import CKernels
internal import Groundwork

/// The gradient goes by the output.
final class SigmoidKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: true)
  let inPlace = InPlace(output: true, gradient: true)

  private let layout: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ request: KernelRequest) {
    layout = request.commonLayout
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() { ck_sigmoid(layout.kernel, tensors.input(), tensors.output(), threads) }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_sigmoid_backward(
      layout.kernel, tensors.output(), tensors.outputGradient, gradient, tensors.accumulates(),
      threads)
  }
}
