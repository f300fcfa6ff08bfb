internal import CKernels
internal import Groundwork
internal import Networks

/// Moves values between channels and places.
final class ShuffleKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let shuffle: ck_shuffle
  private let threads: Int32
  private var tensors = HostTensors.unbound

  convenience init(_ operation: PixelShuffle, _ request: KernelRequest) {
    self.init(factor: operation.factor, groups: 1, request)
  }

  convenience init(_ operation: ChannelShuffle, _ request: KernelRequest) {
    self.init(factor: 1, groups: operation.groups, request)
  }

  private init(factor: Int, groups: Int, _ request: KernelRequest) {
    // A volume is an image of its slices' rows, which a shuffle of channels does not tell apart.
    func image(_ layout: TensorLayout) -> ck_layout {
      var kernel = layout.kernel
      (kernel.h, kernel.d) = (kernel.d * kernel.h, 1)
      return kernel
    }
    shuffle = ck_shuffle(
      from: image(request.inputs[0]), to: image(request.outputs[0]), factor: Int32(factor),
      groups: Int32(groups))
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    ck_shuffle_forward(shuffle, tensors.input(), tensors.output(), threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_shuffle_backward(
      shuffle, tensors.outputGradient, gradient, tensors.accumulates(), threads)
  }
}
