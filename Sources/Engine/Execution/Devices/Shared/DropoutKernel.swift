internal import CKernels
internal import Groundwork
internal import Networks

/// Drops single values.
///
/// Which ones is a function of the run's seed, the step, the node, and the value's place in the batch:
/// see `ck_dropout`. Nothing is kept for backward, which draws the same numbers again.
final class DropoutKernel: HostKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)
  let inPlace = InPlace(output: true, gradient: true)
  let isRepeatable = true

  private let layout: TensorLayout
  private let threads: Int32
  private var dropping: ck_dropping
  private var tensors = HostTensors.unbound

  init(_ operation: Dropout, _ request: KernelRequest) {
    layout = request.commonLayout
    threads = Int32(request.threads)
    dropping = ck_dropping(rate: operation.rate, seed: 0, purpose: 0, step: 0)
  }

  func bind(_ tensors: HostTensors) {
    self.tensors = tensors
    dropping.purpose = RandomStream.Purpose("dropout#\(tensors.node)").code
  }

  func forward(_ pass: ForwardPass) {
    guard pass.isTraining else {
      ck_copy(layout.kernel, tensors.input(), tensors.output(), threads)
      return
    }
    dropping.seed = pass.seed
    dropping.step = UInt32(truncatingIfNeeded: pass.step)
    repeatForward()
  }

  func repeatForward() {
    ck_dropout(layout.kernel, dropping, tensors.input(), tensors.output(), 0, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_dropout(
      layout.kernel, dropping, tensors.outputGradient, gradient, tensors.accumulates(), threads)
  }
}
