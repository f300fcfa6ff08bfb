internal import CKernels
internal import Groundwork
internal import Networks

/// ReLU and its relatives; the gradient goes by the output.
final class RectifierKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: true)
  let inPlace = InPlace(output: true, gradient: true)

  private let rectifier: Rectifier
  private let layout: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ rectifier: Rectifier, _ request: KernelRequest) {
    self.rectifier = rectifier
    layout = request.commonLayout
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    if rectifier == .relu {
      ck_relu(layout.kernel, tensors.input(), tensors.output(), threads)
    } else {
      ck_rectify(layout.kernel, rectifier.kernel, tensors.input(), tensors.output(), threads)
    }
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    if rectifier == .relu {
      ck_relu_backward(
        layout.kernel, tensors.output(), tensors.outputGradient, gradient, tensors.accumulates(),
        threads)
    } else {
      ck_rectify_backward(
        layout.kernel, rectifier.kernel, tensors.output(), tensors.outputGradient, gradient,
        tensors.accumulates(), threads)
    }
  }
}

extension Rectifier {
  /// The same in the words of the C kernels.
  var kernel: ck_rectifier { ck_rectifier(slope: slope, ceiling: ceiling ?? .nan) }
}
