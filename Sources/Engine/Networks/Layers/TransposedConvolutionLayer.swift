internal import Groundwork

/// ``TransposedConvolution``.
struct TransposedConvolutionLayer: Layer {
  static let name = "transposed_convolution"
  static let about = "A convolution that enlarges, doubling the extent by default."
  static let definition =
    "The extent becomes stride · (extent − 1) + kernel − 2 · padding + output_padding."
  static let example = "- transposed_convolution: {outputs: 32, kernel: 2, stride: 2}"

  private static let outputs = LayerFields.outputs
  private static let kernel = LayerFields.kernel(default: 2)
  private static let stride = Field.extent(
    "stride", default: 2, 1...31, "By how much the extent grows.")
  private static let padding = Field.integer(
    "padding", default: 0, 0...30, "Values that are cut off on every side.")
  private static let outputPadding = Field.integer(
    "output_padding", default: 0, 0...30, "Values that are added below and to the right.")
  private static let bias = LayerFields.bias
  private static let initialization = Field.name(
    "initialization", default: "he_normal",
    oneOf: WeightInitialization.named.map(\.name) + ["linear"],
    "How the weights begin; linear interpolates between the inputs.")
  static let fields = [
    outputs.declaration, kernel.declaration, stride.declaration, padding.declaration,
    outputPadding.declaration, bias.declaration, initialization.declaration,
  ]

  let outputs: LayerWidth
  let kernel: SpatialExtent
  let stride: SpatialExtent
  let padding: Int
  let outputPadding: Int
  let hasBias: Bool
  let initialization: WeightInitialization

  init(_ values: FieldValues) throws(ComponentError) {
    outputs = LayerWidth(values[Self.outputs])
    (kernel, stride) = (SpatialExtent(values[Self.kernel]), SpatialExtent(values[Self.stride]))
    (padding, outputPadding) = (values[Self.padding], values[Self.outputPadding])
    hasBias = values[Self.bias]
    let initialization = values[Self.initialization]
    self.initialization = initialization == "linear" ? .linear : .find(initialization)
    guard stride.extents.allSatisfy({ outputPadding < $0 }) || outputPadding == 0 else {
      throw ComponentError(
        field: Self.outputPadding.declaration.name,
        "output_padding \(outputPadding) is not below the stride, \(stride)")
    }
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let convolution = TransposedConvolution(
      outputs: outputs.count(in: chain), kernel: kernel, stride: stride,
      padding: kernel.map { _ in padding }, outputPadding: kernel.map { _ in outputPadding },
      hasBias: hasBias, initialization: initialization)
    let output = convolution.outputs(for: [chain.shape])[0]
    guard output.extent.extents.allSatisfy({ $0 > 0 }) else {
      throw ComponentError(
        field: Self.padding.declaration.name,
        "nothing is left of \(chain.shape): use a padding below \(padding)")
    }
    try chain.append(name, .transposedConvolution(convolution))
  }
}
