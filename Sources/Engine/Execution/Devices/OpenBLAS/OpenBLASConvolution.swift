internal import Networks

/// A convolution by products of columns, with an optional bias and a ReLU that may be fused.
final class OpenBLASConvolution: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads: BackwardReads

  private let products: ColumnProducts
  private let epilogue: ConvolutionEpilogue
  private var tensors = HostTensors.unbound

  init(_ operation: Convolution, _ request: KernelRequest) {
    products = ColumnProducts(
      large: request.inputs[0].shape, small: request.outputs[0].shape, kernel: operation.kernel,
      stride: operation.stride, padding: operation.padding, dilation: operation.dilation,
      threads: request.threads)
    epilogue = ConvolutionEpilogue(hasBias: operation.hasBias, request)
    scratchBytes = max(products.scratchBytes, epilogue.scratchBytes)
    backwardReads = BackwardReads(inputs: true, outputs: epilogue.hasReLU)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    products.correlate(
      tensors.inputs[0].floats, weight: tensors.parameters[0], into: tensors.outputs[0].floats,
      adds: false,
      finish: epilogue.finish(tensors), scratch: tensors.floatScratch)
  }

  func backward() {
    epilogue.backward(tensors)
    products.weightGradient(
      large: tensors.inputs[0].floats, small: tensors.placedOutputGradient.floats,
      into: tensors.parameterGradients[0], scratch: tensors.floatScratch)
    guard let gradient = tensors.inputGradients[0]?.floats else { return }
    products.spread(
      tensors.placedOutputGradient.floats, weight: tensors.parameters[0], into: gradient,
      adds: tensors.accumulates[0], finish: ColumnProducts.Finish(),
      scratch: tensors.floatScratch)
  }
}
