internal import CKernels

/// Channels of the inputs one after another; the inputs may lie in different blocks.
final class ConcatenateKernel: Kernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  /// Each input's channels, and where they stand in the output.
  private let parts: [(input: ck_channels, output: ck_channels)]
  private let threads: Int32
  private var tensors = KernelTensors.unbound

  init(_ request: KernelRequest) {
    var first = 0
    parts = request.inputs.map { input in
      defer { first += input.shape.channels }
      return (input.channels(), request.outputs[0].channels(from: first))
    }
    precondition(
      first == request.outputs[0].shape.channels,
      "\(request.inputs) concatenated have \(first) channels, not those of \(request.outputs)")
    threads = Int32(request.threads)
  }

  func bind(_ tensors: KernelTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    for (index, part) in parts.enumerated() {
      ck_channels_copy(
        part.input, tensors.input(index), part.output, tensors.output(), part.input.layout.c, 0,
        threads)
    }
  }

  func backward() {
    for (index, part) in parts.enumerated() {
      guard let gradient = tensors.inputGradient(index) else { continue }
      ck_channels_copy(
        part.output, tensors.outputGradient, part.input, gradient, part.input.layout.c,
        tensors.accumulates(index), threads)
    }
  }
}

extension TensorLayout {
  /// The channels from the given one on, in the words of the C kernels.
  func channels(from first: Int = 0) -> ck_channels {
    ck_channels(layout: kernel, first: Int32(first))
  }
}
