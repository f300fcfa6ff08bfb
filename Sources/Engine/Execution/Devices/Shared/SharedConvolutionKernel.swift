internal import CKernels
internal import Groundwork
internal import Networks

/// A convolution for each dilation, all of the same weight, whose gradient is the sum of theirs.
final class SharedConvolutionKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads: BackwardReads

  private let convolutions: [any HostKernel]
  /// Values of the weight.
  private let weightCount: Int
  /// Bytes of what one convolution needs; the gradients that each leaves follow.
  private let callBytes: Int
  private let threads: Int32
  private var gradients: (parts: UnsafeMutablePointer<Float>, sum: UnsafeMutablePointer<Float>)?

  init(
    _ operation: SharedConvolution, _ request: KernelRequest, on device: any HostDevice
  ) throws {
    convolutions = try operation.dilations.enumerated().map { index, dilation in
      var part = request
      part.operation = .convolution(operation.convolution(dilation: dilation))
      part.outputs = [request.outputs[index]]
      return try device.makeHostKernel(for: part)
    }
    weightCount =
      operation.outputs * request.inputs[0].shape.channels * operation.kernel.count
    threads = Int32(request.threads)
    callBytes = ((convolutions.map(\.scratchBytes).max() ?? 0) + 63) / 64 * 64
    scratchBytes =
      callBytes + (request.isTraining ? floatBytes(convolutions.count * weightCount) : 0)
    backwardReads = BackwardReads(
      inputs: convolutions.contains { $0.backwardReads.inputs },
      outputs: convolutions.contains { $0.backwardReads.outputs })
  }

  var implementations: KernelImplementations { convolutions[0].implementations }

  /// The first of the convolutions to run backward writes the gradient of the input, which the others
  /// are added to.
  func bind(_ tensors: HostTensors) {
    let sum = tensors.parameterGradients.first
    let parts = tensors.scratch.map { ($0 + callBytes).assumingMemoryBound(to: Float.self) }
    gradients = sum.flatMap { sum in parts.map { ($0, sum) } }
    for (index, convolution) in convolutions.enumerated() {
      var part = tensors
      part.outputs = [tensors.outputs[index]]
      if let gradients {
        part.outputGradients = [tensors.outputGradients[index]]
        part.parameterGradients = [gradients.parts + index * weightCount]
        if index > 0 { part.accumulates = [true] }
      }
      convolution.bind(part)
    }
  }

  func repeatForward() {
    for convolution in convolutions { convolution.repeatForward() }
  }

  func backward() {
    for convolution in convolutions { convolution.backward() }
    guard let gradients else { return }
    ck_sum_parts(
      gradients.parts, Int32(convolutions.count), weightCount, gradients.sum, threads)
  }
}
