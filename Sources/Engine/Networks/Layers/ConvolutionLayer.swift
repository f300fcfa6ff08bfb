internal import Groundwork

/// ``Convolution``: padded so that a stride of 1 keeps the extent, unless a padding is written.
struct ConvolutionLayer: Layer {
  static let name = "convolution"
  static let about = "A convolution, its kernels learned."
  static let definition =
    "padding: same puts dilation · (kernel − 1) / 2 zeros on every side, rounded down, and none where "
    + "kernel and stride are equal."
  static let example = "- convolution: {outputs: 32, kernel: 3, stride: 2, bias: false}"

  private static let outputs = LayerFields.outputs
  private static let kernel = LayerFields.kernel(default: 3)
  private static let stride = Field.extent(
    "stride", default: 1, 1...31, "How far apart windows stand.")
  private static let dilation = Field.extent(
    "dilation", default: 1, 1...128, "How far apart the values of a window stand.")
  private static let padding = Field.integerOrName(
    "padding", default: .name("same"), 0...2048, oneOf: ["same"],
    "Zeros on every side of the map.")
  private static let groups = Field.integerOrName(
    "groups", default: .integer(1), 1...LayerFields.maximumChannels, oneOf: ["inputs"],
    "Parts of the outputs, each of which sees one part of the inputs; inputs is depthwise.")
  private static let bias = LayerFields.bias
  private static let initialization = LayerFields.initialization
  static let fields = [
    outputs.declaration, kernel.declaration, stride.declaration, dilation.declaration,
    padding.declaration, groups.declaration, bias.declaration, initialization.declaration,
  ]

  let outputs: LayerWidth
  let kernel: SpatialExtent
  let stride: SpatialExtent
  let dilation: SpatialExtent
  let padding: SpatialExtent
  let groups: LayerWidth
  let hasBias: Bool
  let initialization: WeightInitialization

  init(_ values: FieldValues) {
    outputs = LayerWidth(values[Self.outputs])
    let kernel = SpatialExtent(values[Self.kernel]), stride = SpatialExtent(values[Self.stride])
    let dilation = SpatialExtent(values[Self.dilation])
    if case .integer(let zeros) = values[Self.padding] {
      padding = kernel.map { _ in zeros }
    } else {
      padding = SpatialExtent(rank: kernel.rank) { axis in
        kernel[axis] == stride[axis] ? 0 : dilation[axis] * (kernel[axis] - 1) / 2
      }
    }
    (self.kernel, self.stride, self.dilation) = (kernel, stride, dilation)
    groups = LayerWidth(values[Self.groups])
    hasBias = values[Self.bias]
    initialization = .find(values[Self.initialization])
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let (inputs, outputs) = (chain.shape.channels, outputs.count(in: chain))
    let groups = groups.count(in: chain)
    guard inputs.isMultiple(of: groups), outputs.isMultiple(of: groups) else {
      throw ComponentError(
        field: Self.groups.declaration.name,
        "\(groups) groups divide \(inputs) inputs and \(outputs) outputs only where both are "
          + "multiples of \(groups): change outputs, or use another number of groups")
    }
    let window = SpatialExtent(rank: kernel.rank) { dilation[$0] * (kernel[$0] - 1) + 1 }
    let extent = chain.shape.extent
    guard (0..<window.rank).allSatisfy({ window[$0] <= extent[$0] + 2 * padding[$0] }) else {
      throw ComponentError(
        field: Self.kernel.declaration.name, chain.noRoom(for: window))
    }
    try chain.append(
      name,
      .convolution(
        Convolution(
          outputs: outputs, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
          groups: groups, hasBias: hasBias, initialization: initialization)))
  }
}
