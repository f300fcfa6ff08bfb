internal import CKernels
internal import COneDNN
internal import Groundwork

/// The backward half of both convolutions: the input's gradient, where it is wanted, and the
/// weights'.
final class ConvolutionGradients {
  private let data: OneDNNCall?
  private let weights: any WeightGradientCall
  private let input: TensorLayout
  private let threads: Int32
  /// Where a gradient that accumulates is added to, and the scratch memory that holds the summand.
  private var addition: (target: ck_tensor, summand: ck_tensor)?

  init(
    data: OneDNNCall?, weights: any WeightGradientCall, input: TensorLayout, threads: Int
  ) {
    self.data = data
    self.weights = weights
    self.input = input
    self.threads = Int32(threads)
  }

  private var summandBytes: Int { (input.bytes + 63) / 64 * 64 }

  var scratchBytes: Int {
    max(weights.scratchBytes, data.map { $0.scratchBytes + summandBytes } ?? 0)
  }

  var implementations: (data: String, weights: String) {
    (data?.implementation ?? "", weights.implementation)
  }

  /// - Parameters:
  ///   - data: all operands of the data gradient, with the input's gradient that is handed in.
  ///   - weights: all operands of the weight gradient.
  func bind(
    data operands: (UnsafeMutableRawPointer) -> [UnsafeMutableRawPointer],
    weights weightOperands: [UnsafeMutableRawPointer],
    _ tensors: HostTensors, scratch: UnsafeMutableRawPointer?
  ) {
    weights.bind(weightOperands, scratch: scratch)
    guard let data, let target = tensors.inputGradients[0] else { return }
    var result = target.start
    if tensors.accumulates[0], let scratch {
      addition = (target.kernel, input.kernel(at: scratch))
      result = scratch
    }
    data.bind(operands(result), scratch: scratch.map { $0 + summandBytes })
  }

  func run() {
    weights.run()
    data?.run()
    if let addition {
      ck_accumulate(input.kernel, addition.summand, addition.target, threads)
    }
  }
}

extension ConvolutionGeometry {
  /// The weight gradient as the device's determinism asks for it.
  func weightGradientCall(
    _ context: OneDNNContext, forward: OneDNNPrimitive, wide: TensorLayout, narrow: TensorLayout,
    _ request: KernelRequest
  ) throws(DeviceError) -> any WeightGradientCall {
    if context.isPortable {
      return try ShardedWeightGradient(
        context, self, wide: wide, narrow: narrow, threads: request.threads,
        scratchLimit: request.scratchLimit)
    }
    return try call(.weightGradient(forward), context, request)
  }
}
