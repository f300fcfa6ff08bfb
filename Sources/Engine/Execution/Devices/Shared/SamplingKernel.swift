internal import CKernels
internal import Groundwork
internal import Networks

/// Resizing, average pooling and cropping, along each axis at once; the gradient goes the other way by the same loops, so that every
/// value is written once, by one thread.
final class SamplingKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let input: TensorLayout
  private let output: TensorLayout
  /// Depth, height and width.
  private let taps: [AxisTaps]
  private let gradientTaps: [AxisTaps]
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ operation: any SeparableSampling, _ request: KernelRequest) {
    let (input, output) = (request.inputs[0], request.outputs[0])
    precondition(
      input.block == output.block && input.precision == output.precision
        && input.shape.channels == output.shape.channels,
      "\(input) and \(output) differ in more than their extents")
    self.input = input
    self.output = output
    let (source, target) = (input.shape.extent, output.shape.extent)
    let missing = Array(
      repeating: [AxisRun(first: 0, weights: [1])], count: 3 - source.rank)
    let runs =
      missing
      + (0..<source.rank).map { axis in
        operation.runs(axis: axis, from: source, to: target)
      }
    taps = runs.map { AxisTaps($0) }
    let lifted = source.lifted(filling: 1)
    gradientTaps = runs.enumerated().map { axis, runs in
      AxisTaps(AxisRun.transposing(runs, count: lifted[axis]))
    }
    threads = Int32(request.threads)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    ck_resize_features(
      resize(from: input, to: output, taps), tensors.input(), tensors.output(), 0, threads)
  }

  func backward() {
    guard let gradient = tensors.inputGradient() else { return }
    ck_resize_features(
      resize(from: output, to: input, gradientTaps), tensors.outputGradient, gradient,
      tensors.accumulates(), threads)
  }

  private func resize(
    from source: TensorLayout, to target: TensorLayout, _ taps: [AxisTaps]
  ) -> ck_feature_resize {
    ck_feature_resize(
      source: source.kernel, target: target.kernel, depth: taps[0].kernel, height: taps[1].kernel,
      width: taps[2].kernel)
  }
}
