internal import CKernels
internal import Networks

final class MaxUnpoolKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  /// The positions, which the plan keeps of itself.
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let windows: ck_windows
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ operation: MaxUnpool, _ request: KernelRequest) {
    windows = ck_windows(
      large: request.outputs[0], small: request.inputs[0],
      PoolingWindow(size: operation.size))
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    ck_pool_scatter(windows, tensors.input(), positions, tensors.output(), 0, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_pool_gather(
      windows, tensors.outputGradient, positions, gradient, tensors.accumulates(), threads)
  }

  private var positions: UnsafeMutablePointer<UInt8> {
    tensors.inputs[1].bytes
  }
}
