internal import CKernels
internal import Groundwork

/// Copies the channels there are and clears those appended.
final class PadChannelsKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let input: TensorLayout
  private let output: TensorLayout
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ request: KernelRequest) {
    input = request.inputs[0]
    output = request.outputs[0]
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    let channels = input.shape.channels
    ck_channels_copy(
      input.channels(tensors.input()), output.channels(tensors.output()), Int32(channels), 0,
      threads)
    let appended = output.shape.channels - channels
    guard appended > 0 else { return }
    ck_channels_clear(
      output.channels(tensors.output(), from: channels), Int32(appended), threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_channels_copy(
      output.channels(tensors.outputGradient), input.channels(gradient),
      Int32(input.shape.channels), tensors.accumulates(), threads)
  }
}
