extension Network {
  /// True where the network finds objects in regions that it chooses.
  package var choosesRegions: Bool {
    nodes.contains { node in
      if case .regions = node.operation { true } else { false }
    }
  }

  /// The same network as it predicts: other tables of regions have room for what is looked at then. Parameters are
  /// the same.
  package var forPrediction: Network {
    guard choosesRegions else { return self }
    var network = self
    for (index, node) in nodes.enumerated() {
      if case .regions(let operation) = node.operation {
        network.nodes[index].operation = .regions(operation.forPrediction)
      }
      let shapes = network.nodes[index].operation.definition.outputs(
        for: node.inputs.map { network.values[$0].shape })
      for (output, shape) in zip(node.outputs, shapes) { network.values[output].shape = shape }
    }
    return network
  }
}
