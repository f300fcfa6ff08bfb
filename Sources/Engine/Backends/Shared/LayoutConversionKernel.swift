internal import CKernels

/// Copies a tensor into another block, and its gradient back: what a plan puts between operations
/// whose layouts differ, and at the edges of a network.
final class LayoutConversionKernel: Kernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let input: ck_channels
  private let output: ck_channels
  private let threads: Int32
  private var tensors = KernelTensors.unbound

  init(from input: TensorLayout, to output: TensorLayout, threads: Int) {
    precondition(input.shape == output.shape, "\(input) and \(output) differ in shape")
    self.input = input.channels()
    self.output = output.channels()
    self.threads = Int32(threads)
  }

  func bind(_ tensors: KernelTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    ck_channels_copy(
      input, tensors.input(), output, tensors.output(), input.layout.c, 0, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_channels_copy(
      output, tensors.outputGradient, input, gradient, input.layout.c, tensors.accumulates(),
      threads)
  }
}
