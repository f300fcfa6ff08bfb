internal import CKernels

/// The sum of two or more tensors of one shape.
final class AddKernel: Kernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let layout: TensorLayout
  private let inputs: Int
  private let threads: Int32
  private var tensors = KernelTensors.unbound

  init(_ request: KernelRequest) {
    layout = request.commonLayout
    inputs = request.inputs.count
    precondition(inputs >= 2, "a sum of \(inputs) tensors")
    threads = Int32(request.threads)
  }

  func bind(_ tensors: KernelTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    ck_add(tensors.input(0), tensors.input(1), tensors.output(), layout.elements, threads)
    for index in 2..<inputs {
      ck_accumulate(tensors.input(index), tensors.output(), layout.elements, threads)
    }
  }

  func backward() {
    let channels = layout.channels()
    for index in 0..<inputs {
      guard let gradient = tensors.inputGradient(index) else { continue }
      ck_channels_copy(
        channels, tensors.outputGradient, channels, gradient, channels.layout.c,
        tensors.accumulates(index), threads)
    }
  }
}
