internal import Networks

extension NetworkTranslation {
  /// `Conv`; its pads are those before the first values and then those behind the last.
  mutating func append(_ convolution: Convolution, _ node: TranslatedNode) {
    let weight = constant("weight", of: node)
    finish(node, "Conv", [node.inputs[0], weight] + bias(of: node), convolution.attributes)
  }

  /// A `Conv` for each dilation, all with one weight.
  mutating func append(_ shared: SharedConvolution, _ node: TranslatedNode) {
    let weight = constant("weight", of: node)
    for (dilation, output) in zip(shared.dilations, node.outputs) {
      guard let output else { continue }
      graph.append(
        graph.reserve("\(node.name).dilation\(dilation)"), "Conv", [node.inputs[0], weight],
        [output], shared.convolution(dilation: dilation).attributes)
    }
  }

  /// `ConvTranspose`, whose weight has our order of axes.
  mutating func append(_ convolution: TransposedConvolution, _ node: TranslatedNode) {
    let weight = constant("weight", of: node)
    finish(
      node, "ConvTranspose", [node.inputs[0], weight] + bias(of: node),
      [
        .integers("kernel_shape", convolution.kernel.extents),
        .integers("strides", convolution.stride.extents),
        .integers("pads", convolution.padding.extents + convolution.padding.extents),
        .integers("output_padding", convolution.outputPadding.extents),
      ])
  }

  /// Its own, or that of a norm that was folded into it; nothing where there is neither.
  private mutating func bias(of node: TranslatedNode) -> [String] {
    node.weights.contains { $0.role == "bias" } ? [constant("bias", of: node)] : []
  }
}

extension Convolution {
  fileprivate var attributes: [ONNXNode.Attribute] {
    [
      .integers("kernel_shape", kernel.extents), .integers("strides", stride.extents),
      .integers("pads", padding.extents + paddingAfter.extents),
      .integers("dilations", dilation.extents), .integer("group", groups),
    ]
  }
}
