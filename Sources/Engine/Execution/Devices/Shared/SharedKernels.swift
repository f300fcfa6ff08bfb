internal import Groundwork
internal import Networks

/// The kernels of the operations that are bound by memory rather than arithmetic. They are written
/// in portable C for every layout, so that a device needs kernels of its own for the other
/// operations alone. Which bits they compute depends neither on the number of threads nor on the
/// level of the processor.
enum SharedKernels {
  /// The kernel for a request, or nil where none is shared: convolutions but depthwise ones, and
  /// activations fused behind anything but these and a batch norm.
  ///
  /// - Parameter device: makes the kernels that a kernel of several parts is made of.
  static func make(
    _ request: KernelRequest, on device: any HostDevice
  ) throws -> (any HostKernel)? {
    switch request.operation {
    case .batchNorm(let operation): return BatchNormKernel(operation, request)
    case .convolution(let operation) where DepthwiseKernel.serves(request):
      return DepthwiseKernel(operation, request)
    default: break
    }
    guard request.activation == .none else { return nil }
    return switch request.operation {
    case .sharedConvolution(let operation):
      try SharedConvolutionKernel(operation, request, on: device)
    case .convLSTM(let operation): ConvLSTMKernel(operation, request)
    case .groupNorm(let operation): GroupNormKernel(operation, request)
    case .rectifier(let operation): RectifierKernel(operation, request)
    case .prelu: PReLUKernel(request)
    case .sigmoid: SigmoidKernel(request)
    case .swish: SwishKernel(request)
    case .maxPool(let operation): MaxPoolKernel(operation, request)
    case .maxUnpool(let operation): MaxUnpoolKernel(operation, request)
    case .averagePool(let operation): SamplingKernel(operation, request)
    case .adaptiveAveragePool(let operation): SamplingKernel(operation, request)
    case .resize(let operation): SamplingKernel(operation, request)
    case .crop(let operation): SamplingKernel(operation, request)
    case .concatenate: ConcatenateKernel(request)
    case .add: AddKernel(request)
    case .multiply: MultiplyKernel(request)
    case .pointTransform(let operation): PointTransformKernel(operation, request)
    case .padChannels: PadChannelsKernel(request)
    case .pixelShuffle(let operation): ShuffleKernel(operation, request)
    case .channelShuffle(let operation): ShuffleKernel(operation, request)
    case .dropout(let operation): DropoutKernel(operation, request)
    case .spatialDropout(let operation): SpatialDropoutKernel(operation, request)
    case .regions(let operation): try RegionKernels.make(operation, request)
    case .batchNorm, .convolution, .transposedConvolution: nil
    }
  }
}

extension SharedKernels {
  /// The operations whose kernels find a sample at any distance from the one before it.
  static func stridedViews(of operation: Operation) -> StridedViews {
    switch operation {
    case .batchNorm: StridedViews(inputs: false, outputs: true)
    case .maxPool, .concatenate: StridedViews(inputs: true, outputs: false)
    case .averagePool, .adaptiveAveragePool, .resize, .crop:
      StridedViews(inputs: true, outputs: true)
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
