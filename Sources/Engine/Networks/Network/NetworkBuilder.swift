internal import Groundwork

/// Writes a ``Network`` down node by node: each call adds an operation and returns its output.
///
/// Names become the names of parameters (`name.weight`) and therefore part of every checkpoint.
struct NetworkBuilder: OperationWriter {
  private var network: Network
  private(set) var initialization: WeightInitialization
  /// What the names of nodes begin with: the scope that is open and a point, or nothing.
  private var prefix = ""

  /// The images or volumes: C channels of the input's extent.
  let input = Feature(index: Network.inputValue)

  /// - Parameter initialization: the weight initialization of every convolution that is not given
  ///   another.
  init(name: String, input: NetworkInput, initialization: WeightInitialization = .he) {
    self.initialization = initialization
    let images = FeatureShape(input.channels, input.extent)
    network = Network(
      name: name, input: input, values: [.init(shape: images, kind: .features)], nodes: [],
      parameters: [], statistics: [],
      heads: [Head(name: Head.logits, value: Network.inputValue)])
  }

  /// The finished network, without the nodes that no head depends on.
  ///
  /// - Parameters:
  ///   - logits: the logits, K × H × W, which become the first head.
  ///   - others: further heads by their names, in this order behind the logits.
  consuming func build(
    logits: Feature, others: [(name: String, feature: Feature)] = []
  ) -> Network {
    network.heads = ([(Head.logits, logits)] + others).map { Head(name: $0, value: $1.index) }
    precondition(
      Set(network.heads.map(\.name)).count == network.heads.count, "two heads have one name")
    for value in network.headValues {
      precondition(value < network.values.count, "a head was added after the network was taken")
    }
    return network.withoutUnreadNodes()
  }

  func shape(of feature: Feature) -> FeatureShape { network.values[feature.index].shape }

  mutating func holdsPositions(_ feature: Feature) {
    network.values[feature.index].kind = .positions
  }

  /// Says whose layers the nodes of the scope of encoders are.
  mutating func begins(withEncoder name: String) { network.encoder = name }

  /// Adds a part of the network whose nodes are named within a scope: `encoder.conv1`.
  ///
  /// - Parameter initialization: the weight initialization of the part's convolutions that are not
  ///   given another.
  mutating func scope<Output>(
    _ name: String, initialization: WeightInitialization,
    _ part: (inout NetworkBuilder) -> Output
  ) -> Output {
    let outer = (prefix, self.initialization)
    defer { (prefix, self.initialization) = outer }
    (prefix, self.initialization) = (prefix + name + ".", initialization)
    return part(&self)
  }

  mutating func append(
    _ name: String, _ operation: Operation, _ inputs: [Feature]
  ) -> [Feature] {
    let name = prefix + name
    let shapes = inputs.map { network.values[$0.index].shape }
    let definition = operation.definition
    let parameters = definition.parameters(for: shapes).map { parameter in
      network.parameters.append(
        .init(
          name: "\(name).\(parameter.name)", shape: parameter.shape,
          initializer: parameter.initializer))
      return network.parameters.count - 1
    }
    let statistics = definition.statistics(for: shapes).map { statistic in
      network.statistics.append(
        .init(
          name: "\(name).\(statistic.name)", shape: statistic.shape, initial: statistic.initial))
      return network.statistics.count - 1
    }
    let outputs = definition.outputs(for: shapes).map { shape in
      precondition(
        shape.extent.extents.allSatisfy { $0 > 0 }, "\(name): nothing is left of \(shapes)")
      network.values.append(
        .init(shape: shape, kind: definition.hasGradient ? .features : .chosen))
      return network.values.count - 1
    }
    network.nodes.append(
      .init(
        name: name, operation: operation, inputs: inputs.map(\.index), outputs: outputs,
        parameters: parameters, statistics: statistics))
    return outputs.map { Feature(index: $0) }
  }
}
