/// A convolution by products of columns, with an optional bias and a ReLU that may be fused.
final class OpenBLASConvolution: Kernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads: BackwardReads

  private let products: ColumnProducts
  private let epilogue: ConvolutionEpilogue
  private var tensors = KernelTensors.unbound

  init(_ operation: Convolution, _ request: KernelRequest) {
    products = ColumnProducts(
      large: request.inputs[0].shape, small: request.outputs[0].shape, kernel: operation.kernel,
      stride: operation.stride, padding: operation.padding, dilation: operation.dilation,
      threads: request.threads)
    epilogue = ConvolutionEpilogue(hasBias: operation.hasBias, request)
    scratchBytes = max(products.scratchBytes, epilogue.scratchBytes)
    backwardReads = BackwardReads(inputs: true, outputs: epilogue.hasReLU)
  }

  func bind(_ tensors: KernelTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    products.correlate(
      tensors.input(), weight: tensors.parameters[0], into: tensors.output(), adds: false,
      finish: epilogue.finish(tensors), scratch: tensors.floatScratch)
  }

  func backward() {
    epilogue.backward(tensors)
    products.weightGradient(
      large: tensors.input(), small: tensors.outputGradient,
      into: tensors.parameterGradients[0], scratch: tensors.floatScratch)
    guard let gradient = tensors.inputGradient() else { return }
    products.spread(
      tensors.outputGradient, weight: tensors.parameters[0], into: gradient,
      adds: tensors.accumulates[0], finish: ColumnProducts.Finish(),
      scratch: tensors.floatScratch)
  }
}
