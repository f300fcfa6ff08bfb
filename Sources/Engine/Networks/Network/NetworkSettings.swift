package import Groundwork

/// What a spec can say of the network of any template.
package struct NetworkSettings: Sendable, Hashable {
  /// How the weights of convolutions begin; as the template has it if `nil`. Weights that begin as
  /// interpolation or as zeros do so by the design of the network, and stay so.
  package var initialization: WeightInitialization?
  /// The batch norms, by their names, that normalize with their running statistics in training too.
  package var frozenNorms: [NamePattern]

  package init(initialization: WeightInitialization? = nil, frozenNorms: [NamePattern] = []) {
    self.initialization = initialization
    self.frozenNorms = frozenNorms
  }

  /// The network with these settings.
  package func applied(to network: Network) -> Network {
    var network = network
    for index in network.nodes.indices {
      let node = network.nodes[index]
      if case .batchNorm(var norm) = node.operation,
        frozenNorms.contains(where: { $0.fits(node.name) })
      {
        norm.isFrozen = true
        network.nodes[index].operation = .batchNorm(norm)
      }
      if let initialization, let changed = node.operation.beginning(by: initialization) {
        network.nodes[index].operation = changed
        let shapes = node.inputs.map { network.values[$0].shape }
        let definitions = changed.definition.parameters(for: shapes)
        for (parameter, definition) in zip(node.parameters, definitions) {
          network.parameters[parameter].initializer = definition.initializer
        }
      }
    }
    return network
  }
}

extension Network {
  /// The names of its batch norms.
  package var batchNorms: [String] {
    nodes.filter { if case .batchNorm = $0.operation { true } else { false } }.map(\.name)
  }
}

extension Operation {
  /// The same convolution with other first weights; `nil` for what is none, and for one whose first
  /// weights are not drawn.
  fileprivate func beginning(by initialization: WeightInitialization) -> Operation? {
    switch self {
    case .convolution(var convolution) where convolution.initialization.isDrawn:
      convolution.initialization = initialization
      return .convolution(convolution)
    case .sharedConvolution(var convolution) where convolution.initialization.isDrawn:
      convolution.initialization = initialization
      return .sharedConvolution(convolution)
    case .transposedConvolution(var convolution) where convolution.initialization.isDrawn:
      convolution.initialization = initialization
      return .transposedConvolution(convolution)
    case .convLSTM(var memory) where memory.initialization.isDrawn:
      memory.initialization = initialization
      return .convLSTM(memory)
    default: return nil
    }
  }
}
