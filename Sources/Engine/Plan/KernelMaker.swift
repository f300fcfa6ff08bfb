/// Makes the kernels of a plan's steps.
struct KernelMaker {
  private let device: any Device
  private let layouts: [TensorLayout]
  /// Says of each value whether its gradient is wanted.
  private let wanted: [Bool]
  private let isTraining: Bool
  private let threads: Int
  private let scratchLimit: Int

  init(
    device: any Device, layouts: [TensorLayout], wanted: [Bool], isTraining: Bool, threads: Int
  ) {
    self.device = device
    self.layouts = layouts
    self.wanted = wanted
    self.isTraining = isTraining
    self.threads = threads
    // A faster algorithm must not become what decides how much memory the network takes.
    let activations = layouts.reduce(0) { $0 + $1.bytes }
    scratchLimit = max(64 << 20, activations / (isTraining ? 4 : 10))
    device.begin(threads: threads)
  }

  func kernel(for step: PlanStep) throws -> any Kernel {
    try device.makeKernel(
      for: KernelRequest(
        operation: step.operation, activation: step.activation, foldedNorm: step.foldedNorm,
        inputs: step.inputs.map { layouts[$0] }, outputs: step.outputs.map { layouts[$0] },
        isTraining: isTraining, wantsInputGradient: step.inputs.map { isTraining && wanted[$0] },
        threads: threads, scratchLimit: scratchLimit))
  }
}
