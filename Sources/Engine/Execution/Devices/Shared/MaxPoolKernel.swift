internal import CKernels
internal import Groundwork
internal import Networks

/// The positions of the maxima are an output, so backward needs neither values nor comparisons.
final class MaxPoolKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  /// The positions, which the plan keeps of itself.
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let windows: ck_windows
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ operation: MaxPool, _ request: KernelRequest) {
    windows = ck_windows(
      large: request.inputs[0], small: request.outputs[0], operation.window)
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    ck_max_pool(windows, tensors.input(), tensors.output(), positions, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_pool_scatter(
      windows, tensors.outputGradient, positions, gradient, tensors.accumulates(), threads)
  }

  private var positions: UnsafeMutablePointer<UInt8> {
    tensors.outputs[1].bytes
  }
}

extension ck_windows {
  /// - Precondition: a window has at most 256 values, so that a position is a byte.
  init(large: TensorLayout, small: TensorLayout, _ window: PoolingWindow) {
    let size = window.size
    precondition(large.block == small.block, "\(large) and \(small) differ in their block")
    precondition(size.count <= 256, "a window of \(size) has more than 256 values")
    self.init(
      large: large.kernel, small: small.kernel, depth: Int32(size.depth),
      height: Int32(size.height), width: Int32(size.width), stride: ck_extent(window.stride),
      padding: ck_extent(window.padding.lifted(filling: 0)))
  }
}
