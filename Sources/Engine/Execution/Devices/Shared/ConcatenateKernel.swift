package import CKernels
package import Groundwork

/// Channels of the inputs one after another; the inputs may lie in different blocks. An input that
/// lies within the output already is left where it is, and its gradient likewise; one that lies within
/// the output of another concatenation is copied.
final class ConcatenateKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  /// Each input, and the first of its channels in the output.
  private let parts: [(input: TensorLayout, first: Int)]
  private let output: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ request: KernelRequest) {
    var first = 0
    parts = request.inputs.map { input in
      defer { first += input.shape.channels }
      return (input, first)
    }
    output = request.outputs[0]
    precondition(
      first == request.outputs[0].shape.channels,
      "\(request.inputs) concatenated have \(first) channels, not those of \(request.outputs)")
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    for (index, part) in parts.enumerated() where !isWithinOutput(index) {
      ck_channels_copy(
        part.input.channels(tensors.input(index)),
        output.channels(tensors.output(), from: part.first), Int32(part.input.shape.channels), 0,
        threads)
    }
  }

  func backward() {
    for (index, part) in parts.enumerated() where !isWithinOutput(index) {
      guard let gradient = tensors.inputGradient(index) else { continue }
      ck_channels_copy(
        output.channels(tensors.outputGradient, from: part.first), part.input.channels(gradient),
        Int32(part.input.shape.channels), tensors.accumulates(index), threads)
    }
  }

  private func isWithinOutput(_ index: Int) -> Bool {
    let (input, first) = parts[index]
    guard input.wideStride != nil else { return false }
    let offset = first * input.shape.area * input.precision.bytes
    return tensors.inputs[index].start == tensors.outputs[0].start + offset
  }
}

extension TensorLayout {
  /// The channels of a tensor from the given one on, in the words of the C kernels.
  package func channels(_ tensor: ck_tensor, from first: Int = 0) -> ck_channels {
    ck_channels(layout: kernel, tensor: tensor, first: Int32(first))
  }
}
