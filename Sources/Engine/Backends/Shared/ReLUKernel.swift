internal import CKernels

final class ReLUKernel: Kernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: true)

  private let layout: TensorLayout
  private let threads: Int32
  private var tensors = KernelTensors.unbound

  init(_ request: KernelRequest) {
    layout = request.commonLayout
    threads = Int32(request.threads)
  }

  func bind(_ tensors: KernelTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    ck_relu(tensors.input(), tensors.output(), layout.elements, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_relu_backward(
      tensors.output(), tensors.outputGradient, gradient, layout.elements, tensors.accumulates(),
      threads)
  }
}
