internal import Networks

extension NetworkTranslation {
  /// `Relu`, `LeakyRelu` or `Clip`; a `LeakyRelu` with a ceiling is followed by a `Clip`.
  mutating func append(_ rectifier: Rectifier, _ node: TranslatedNode) {
    let slope = ONNXNode.Attribute.float("alpha", rectifier.slope)
    guard let ceiling = rectifier.ceiling else {
      return rectifier.slope == 0
        ? finish(node, "Relu") : finish(node, "LeakyRelu", nil, [slope])
    }
    let highest = graph.constant("\(node.name).ceiling", [], [ceiling])
    guard rectifier.slope == 0 else {
      let leaky = graph.make("\(node.name).leaky", "LeakyRelu", node.inputs, [slope])
      return finish(node, "Clip", [leaky, "", highest])
    }
    let lowest = graph.constant("\(node.name).floor", [], [0])
    finish(node, "Clip", [node.inputs[0], lowest, highest])
  }

  /// `PRelu`; a slope of C × 1 × 1 is repeated over the places, and one of C would be over the width.
  mutating func appendPReLU(_ node: TranslatedNode) {
    let slope = constant("slope", of: node, shape: [node.channels, 1, 1])
    finish(node, "PRelu", [node.inputs[0], slope])
  }

  mutating func appendSigmoid(_ node: TranslatedNode) { finish(node, "Sigmoid") }

  mutating func appendSwish(_ node: TranslatedNode) {
    let gate = graph.make("\(node.name).gate", "Sigmoid", node.inputs)
    finish(node, "Mul", [node.inputs[0], gate])
  }
}
