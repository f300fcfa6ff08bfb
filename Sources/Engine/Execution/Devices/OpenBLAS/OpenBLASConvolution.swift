internal import Groundwork
internal import Networks

/// A convolution by products of columns, group by group, with an optional bias and a ReLU that may be
/// fused.
final class OpenBLASConvolution: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads: BackwardReads

  private typealias Values = ColumnProducts.Values

  private let products: ColumnProducts
  private let epilogue: ConvolutionEpilogue
  private let groups: Int
  private let outputsOfGroup: Int
  /// Values of a group's weight, and of its part of a sample of the input and of the output.
  private let parts: (weight: Int, input: Int, output: Int)
  private var tensors = HostTensors.unbound

  init(_ operation: Convolution, _ request: KernelRequest) {
    let (input, output) = (request.inputs[0].shape, request.outputs[0].shape)
    groups = operation.groups
    products = ColumnProducts(
      large: input, small: output, groups: groups, kernel: operation.kernel,
      stride: operation.stride, padding: operation.padding, dilation: operation.dilation,
      threads: request.threads)
    outputsOfGroup = output.channels / groups
    let inputsOfGroup = input.channels / groups
    parts = (
      outputsOfGroup * inputsOfGroup * operation.kernel.count, inputsOfGroup * input.area,
      outputsOfGroup * output.area
    )
    epilogue = ConvolutionEpilogue(hasBias: operation.hasBias, request)
    scratchBytes = max(products.scratchBytes, epilogue.scratchBytes)
    backwardReads = BackwardReads(inputs: true, outputs: epilogue.hasReLU)
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    let finish = epilogue.finish(tensors)
    for group in 0..<groups {
      var part = finish
      part.bias = finish.bias.map { $0 + group * outputsOfGroup }
      products.correlate(
        input(tensors.inputs[0].floats, group), weight: weight(tensors.parameters[0], group),
        into: output(tensors.outputs[0].floats, group), adds: false, finish: part,
        scratch: tensors.floatScratch)
    }
  }

  func backward() {
    epilogue.backward(tensors)
    let outputGradient = tensors.placedOutputGradient.floats
    for group in 0..<groups {
      products.weightGradient(
        large: input(tensors.inputs[0].floats, group), small: output(outputGradient, group),
        into: weight(tensors.parameterGradients[0], group), scratch: tensors.floatScratch)
    }
    guard let gradient = tensors.inputGradients[0]?.floats else { return }
    for group in 0..<groups {
      products.spread(
        output(outputGradient, group), weight: weight(tensors.parameters[0], group),
        into: input(gradient, group), adds: tensors.accumulates[0],
        finish: ColumnProducts.Finish(), scratch: tensors.floatScratch)
    }
  }

  private func weight(_ values: Values, _ group: Int) -> Values { values + group * parts.weight }
  private func input(_ values: Values, _ group: Int) -> Values { values + group * parts.input }
  private func output(_ values: Values, _ group: Int) -> Values { values + group * parts.output }
}
