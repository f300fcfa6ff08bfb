internal import Groundwork
internal import Networks

/// The kernels of the operations that are bound by memory rather than arithmetic. They are written
/// in portable C for every layout, so that a device needs kernels of its own for the other
/// operations alone. Which bits they compute depends neither on the number of threads nor on the
/// level of the processor.
enum SharedKernels {
  /// The kernel for a request, or nil where none is shared: the convolutions, and activations
  /// fused behind anything but a batch norm.
  static func make(_ request: KernelRequest) -> (any HostKernel)? {
    if case .batchNorm(let operation) = request.operation {
      return BatchNormKernel(operation, request)
    }
    guard request.activation == .none else { return nil }
    return switch request.operation {
    case .relu: ReLUKernel(request)
    case .prelu: PReLUKernel(request)
    case .maxPool(let operation): MaxPoolKernel(operation, request)
    case .maxUnpool(let operation): MaxUnpoolKernel(operation, request)
    case .concatenate: ConcatenateKernel(request)
    case .add: AddKernel(request)
    case .padChannels: PadChannelsKernel(request)
    case .spatialDropout(let operation): SpatialDropoutKernel(operation, request)
    case .resize(let operation): ResizeKernel(operation, request)
    case .batchNorm, .convolution, .transposedConvolution: nil
    }
  }
}

extension SharedKernels {
  /// The operations whose kernels find a sample at any distance from the one before it.
  static func stridedViews(of operation: Operation) -> StridedViews {
    switch operation {
    case .batchNorm: StridedViews(inputs: false, outputs: true)
    case .maxPool: StridedViews(inputs: true, outputs: false)
    case .concatenate: StridedViews(inputs: true, outputs: false)
    case .resize: StridedViews(inputs: true, outputs: true)
    default: StridedViews()
    }
  }
}

extension KernelRequest {
  /// The layout that all inputs and outputs of an operation on single values have in common, but
  /// for the distance from sample to sample.
  var commonLayout: TensorLayout {
    let layout = inputs[0].dense
    precondition(
      (inputs + outputs).allSatisfy { $0.dense == layout },
      "\(operation) works value by value and needs one layout, not \(inputs) and \(outputs)")
    return layout
  }
}
