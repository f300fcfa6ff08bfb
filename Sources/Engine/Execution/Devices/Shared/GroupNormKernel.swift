internal import CKernels
internal import Groundwork
internal import Networks

/// The workspace keeps the mean and the inverse deviation of each channel's group, `[N][C]` each.
final class GroupNormKernel: HostKernel {
  let workspaceBytes: Int
  let scratchBytes: Int
  let backwardReads = BackwardReads(inputs: true, outputs: false)
  let inPlace = InPlace(output: false, gradient: true)
  let isRepeatable = true

  private let operation: GroupNorm
  private let layout: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ operation: GroupNorm, _ request: KernelRequest) {
    self.operation = operation
    layout = request.commonLayout
    threads = Int32(request.threads)
    workspaceBytes = floatBytes(ck_group_norm_saved(layout.kernel))
    scratchBytes = floatBytes(ck_group_norm_scratch(layout.kernel))
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    var norm = self.norm
    ck_group_norm_forward(
      &norm, tensors.input(), tensors.output(), tensors.floatWorkspace, tensors.floatScratch)
  }

  func repeatForward() {
    var norm = self.norm
    ck_group_norm_repeat(&norm, tensors.input(), tensors.output(), tensors.floatWorkspace)
  }

  func backward() {
    var norm = self.norm
    ck_group_norm_backward(
      &norm, tensors.input(), tensors.floatWorkspace, tensors.outputGradient,
      tensors.inputGradient() ?? .none, tensors.accumulates(), tensors.parameterGradients[0],
      tensors.parameterGradients[1], tensors.floatScratch)
  }

  private var norm: ck_group_norm {
    ck_group_norm(
      layout: layout.kernel, groups: Int32(operation.groups), scale: tensors.parameters[0],
      shift: tensors.parameters[1], epsilon: operation.epsilon, threads: threads)
  }
}
