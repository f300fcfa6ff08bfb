internal import CKernels
internal import Groundwork
internal import Networks

/// Drops whole channels of a sample.
///
/// Which ones is a function of the run's seed, the step, the node and the sample's place in the
/// batch: channel c of sample n is dropped where the c-th number of the stream
/// (seed, "dropout#<node>", epoch: step, sample: n) is below the rate. The workspace keeps the
/// factor of each, `[N][C]`, for backward.
final class SpatialDropoutKernel: HostKernel {
  let workspaceBytes: Int
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)
  let inPlace = InPlace(output: true, gradient: true)
  let isRepeatable = true

  private let rate: Float
  private let layout: TensorLayout
  private let threads: Int32
  private var purpose = RandomStream.Purpose(code: 0)
  private var tensors = HostTensors.unbound

  init(_ operation: SpatialDropout, _ request: KernelRequest) {
    rate = operation.rate
    layout = request.commonLayout
    threads = Int32(request.threads)
    workspaceBytes =
      request.isTraining ? floatBytes(layout.shape.batch * layout.shape.channels) : 0
  }

  func bind(_ tensors: HostTensors) {
    self.tensors = tensors
    purpose = RandomStream.Purpose("dropout#\(tensors.node)")
  }

  func forward(_ pass: ForwardPass) {
    guard pass.isTraining else {
      ck_copy(layout.kernel, tensors.input(), tensors.output(), threads)
      return
    }
    ck_dropout_factors(
      layout.kernel, rate, pass.seed, purpose.code, UInt32(truncatingIfNeeded: pass.step),
      tensors.floatWorkspace)
    repeatForward()
  }

  func repeatForward() {
    ck_scale_channels(
      layout.kernel, tensors.input(), tensors.floatWorkspace, tensors.output(), 0, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_scale_channels(
      layout.kernel, tensors.outputGradient, tensors.floatWorkspace, gradient,
      tensors.accumulates(), threads)
  }
}
