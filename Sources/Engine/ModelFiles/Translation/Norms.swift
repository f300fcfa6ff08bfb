internal import Networks

extension NetworkTranslation {
  /// `BatchNormalization` with its running statistics.
  mutating func append(_ norm: BatchNorm, _ node: TranslatedNode) {
    let constants = ["scale", "shift", "mean", "variance"].map { constant($0, of: node) }
    finish(
      node, "BatchNormalization", [node.inputs[0]] + constants, [.float("epsilon", norm.epsilon)])
  }

  /// `InstanceNormalization`, which normalizes each channel by itself. A group of several becomes a
  /// channel of one axis for the time, and the scale and shift of the channels come behind it.
  mutating func append(_ norm: GroupNorm, _ node: TranslatedNode) {
    let epsilon = ONNXNode.Attribute.float("epsilon", norm.epsilon)
    guard norm.groups < node.channels else {
      let constants = ["scale", "shift"].map { constant($0, of: node) }
      return finish(node, "InstanceNormalization", [node.inputs[0]] + constants, [epsilon])
    }
    let groups = graph.make(
      "\(node.name).groups", "Reshape", [node.inputs[0], graph.integers([0, norm.groups, -1])])
    let one = graph.constant(
      "\(node.name).one", [norm.groups], Array(repeating: 1, count: norm.groups))
    let zero = graph.constant(
      "\(node.name).zero", [norm.groups], Array(repeating: 0, count: norm.groups))
    let normalized = graph.make(
      "\(node.name).normalized", "InstanceNormalization", [groups, one, zero], [epsilon])
    let shape = graph.make("\(node.name).shape", "Shape", [node.inputs[0]])
    let channels = graph.make("\(node.name).channels", "Reshape", [normalized, shape])
    let perChannel = [node.channels, 1, 1]
    let scale = constant("scale", of: node, shape: perChannel)
    let shift = constant("shift", of: node, shape: perChannel)
    let scaled = graph.make("\(node.name).scaled", "Mul", [channels, scale])
    finish(node, "Add", [scaled, shift])
  }
}
