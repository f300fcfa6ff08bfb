internal import CKernels
internal import Groundwork
internal import Networks

/// Batch norm with a fused rectifier, PReLU or nothing behind it. A frozen one normalizes with its
/// running statistics, of which backward knows that they are constants.
///
/// Forward reads the input from memory twice, backward once more for each of its two passes: the
/// activation's mask and the normalised values are computed again from the input and from the
/// batch's mean and inverse deviation, which the workspace keeps.
final class BatchNormKernel: HostKernel {
  let workspaceBytes: Int
  let scratchBytes: Int
  let backwardReads = BackwardReads(inputs: true, outputs: false)
  let inPlace = InPlace(output: true, gradient: true)
  let isRepeatable = true

  private let operation: BatchNorm
  private let activation: Activation
  private let layout: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ operation: BatchNorm, _ request: KernelRequest) {
    self.operation = operation
    activation = request.activation
    layout = request.commonLayout
    threads = Int32(request.threads)
    if request.isTraining {
      workspaceBytes = floatBytes(ck_batch_norm_saved(layout.kernel))
      scratchBytes = floatBytes(ck_batch_norm_scratch(layout.kernel))
    } else {
      workspaceBytes = 0
      scratchBytes = floatBytes(layout.shape.channels)
    }
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    var norm = self.norm
    if pass.isTraining, operation.isFrozen {
      ck_batch_norm_train_frozen(
        &norm, tensors.input(), tensors.output(), tensors.state[0], tensors.state[1],
        tensors.floatWorkspace)
    } else if pass.isTraining {
      ck_batch_norm_train(
        &norm, pass.updatesStatistics ? operation.momentum : 0, tensors.input(), tensors.output(),
        tensors.state[0],
        tensors.state[1], tensors.floatWorkspace, tensors.floatScratch)
    } else {
      ck_batch_norm_evaluate(
        &norm, tensors.input(), tensors.output(), tensors.state[0], tensors.state[1],
        tensors.floatScratch)
    }
  }

  func repeatForward() {
    var norm = self.norm
    ck_batch_norm_repeat(&norm, tensors.input(), tensors.output(), tensors.floatWorkspace)
  }

  func backward() {
    var norm = self.norm
    ck_batch_norm_backward(
      &norm, tensors.input(), tensors.floatWorkspace, tensors.outputGradient,
      tensors.inputGradient() ?? .none, tensors.accumulates(), tensors.parameterGradients[0],
      tensors.parameterGradients[1], activation == .prelu ? tensors.parameterGradients[2] : nil,
      tensors.floatScratch)
  }

  private var norm: ck_batch_norm {
    var norm = ck_batch_norm(
      layout: layout.kernel, scale: tensors.parameters[0], shift: tensors.parameters[1],
      slope: nil, negative: 1, ceiling: .nan, epsilon: operation.epsilon,
      frozen: operation.isFrozen ? 1 : 0, threads: threads)
    switch activation {
    case .none: break
    case .prelu: norm.slope = UnsafePointer(tensors.parameters[2])
    case .rectifier(let rectifier):
      (norm.negative, norm.ceiling) = (rectifier.slope, rectifier.ceiling ?? .nan)
    }
    return norm
  }
}
