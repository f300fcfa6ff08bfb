internal import CKernels
internal import Groundwork

/// The sum of two or more tensors of one shape.
final class AddKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)
  let inPlace: InPlace

  private let layout: TensorLayout
  private let inputs: Int
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ request: KernelRequest) {
    layout = request.commonLayout
    inputs = request.inputs.count
    precondition(inputs >= 2, "a sum of \(inputs) tensors")
    // A third input would be read after the output has been written.
    inPlace = InPlace(output: inputs == 2, gradient: true)
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    ck_add(layout.kernel, tensors.input(0), tensors.input(1), tensors.output(), threads)
    for index in 2..<inputs {
      ck_accumulate(layout.kernel, tensors.input(index), tensors.output(), threads)
    }
  }

  func backward() {
    for index in 0..<inputs {
      guard let gradient = tensors.inputGradient(index) else { continue }
      if tensors.accumulates[index] {
        ck_accumulate(layout.kernel, tensors.outputGradient, gradient, threads)
      } else {
        ck_copy(layout.kernel, tensors.outputGradient, gradient, threads)
      }
    }
  }
}
