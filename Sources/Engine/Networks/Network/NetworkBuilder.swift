internal import Groundwork

/// Writes a ``Network`` down node by node: each call adds an operation and returns its output.
///
/// Names become the names of parameters (`name.weight`) and therefore part of every checkpoint.
struct NetworkBuilder {
  private var network: Network
  private let initialization: WeightInitialization

  /// The images or volumes: C channels of the input's extent.
  let input = Feature(index: Network.inputValue)

  /// An output of a node, to be the input of others.
  struct Feature {
    fileprivate let index: Int
  }

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

  /// The finished network.
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
    return network
  }

  func shape(of feature: Feature) -> FeatureShape { network.values[feature.index].shape }

  /// - Parameter stride: the stride; 1 along every axis if `nil`. The same holds for `dilation`.
  mutating func convolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: SpatialExtent,
    stride: SpatialExtent? = nil, dilation: SpatialExtent? = nil, bias: Bool = true,
    initialization: WeightInitialization? = nil
  ) -> Feature {
    let stride = stride ?? kernel.map { _ in 1 }, dilation = dilation ?? kernel.map { _ in 1 }
    // "Same" padding; a window that is as large as its stride needs none.
    let padding = SpatialExtent(rank: kernel.rank) { axis in
      kernel[axis] == stride[axis] ? 0 : dilation[axis] * (kernel[axis] - 1) / 2
    }
    let convolution = Convolution(
      outputs: outputs, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
      hasBias: bias,
      initialization: initialization ?? self.initialization)
    return add(name, .convolution(convolution), [input])[0]
  }

  /// - Parameter stride: 2 along every axis if `nil`.
  mutating func transposedConvolution(
    _ name: String, _ input: Feature, outputs: Int, kernel: SpatialExtent,
    stride: SpatialExtent? = nil, padding: SpatialExtent? = nil,
    outputPadding: SpatialExtent? = nil, bias: Bool = true,
    initialization: WeightInitialization? = nil
  ) -> Feature {
    let convolution = TransposedConvolution(
      outputs: outputs, kernel: kernel, stride: stride, padding: padding,
      outputPadding: outputPadding, hasBias: bias,
      initialization: initialization ?? self.initialization)
    return add(name, .transposedConvolution(convolution), [input])[0]
  }

  mutating func batchNorm(_ name: String, _ input: Feature, epsilon: Float = 1e-5) -> Feature {
    add(name, .batchNorm(BatchNorm(epsilon: epsilon)), [input])[0]
  }

  mutating func relu(_ input: Feature) -> Feature { add("relu", .relu, [input])[0] }

  mutating func prelu(_ name: String, _ input: Feature) -> Feature {
    add(name, .prelu, [input])[0]
  }

  /// The maxima of windows and their positions.
  ///
  /// - Parameter size: the size of a window; 2 along every axis if `nil`.
  mutating func maxPool(
    _ name: String, _ input: Feature, size: SpatialExtent? = nil
  ) -> (maxima: Feature, positions: Feature) {
    let outputs = add(name, .maxPool(MaxPool(size: size ?? halving(input))), [input])
    network.values[outputs[1].index].kind = .positions
    return (outputs[0], outputs[1])
  }

  mutating func maxUnpool(
    _ name: String, _ input: Feature, positions: Feature, size: SpatialExtent? = nil
  ) -> Feature {
    add(name, .maxUnpool(MaxUnpool(size: size ?? halving(input))), [input, positions])[0]
  }

  private func halving(_ input: Feature) -> SpatialExtent {
    SpatialExtent(repeating: 2, rank: shape(of: input).extent.rank)
  }

  mutating func concatenate(_ name: String, _ inputs: [Feature]) -> Feature {
    add(name, .concatenate, inputs)[0]
  }

  mutating func add(_ name: String, _ first: Feature, _ second: Feature) -> Feature {
    add(name, .add, [first, second])[0]
  }

  mutating func padChannels(_ name: String, _ input: Feature, to channels: Int) -> Feature {
    add(name, .padChannels(PadChannels(channels: channels)), [input])[0]
  }

  mutating func spatialDropout(_ name: String, _ input: Feature, rate: Float) -> Feature {
    add(name, .spatialDropout(SpatialDropout(rate: rate)), [input])[0]
  }

  mutating func resize(
    _ name: String, _ input: Feature, to target: Resize.Target,
    interpolation: Resize.Interpolation = .linear
  ) -> Feature {
    add(name, .resize(Resize(target: target, interpolation: interpolation)), [input])[0]
  }

  private mutating func add(
    _ name: String, _ operation: Operation, _ inputs: [Feature]
  ) -> [Feature] {
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
      network.values.append(.init(shape: shape, kind: .features))
      return network.values.count - 1
    }
    network.nodes.append(
      .init(
        name: name, operation: operation, inputs: inputs.map(\.index), outputs: outputs,
        parameters: parameters, statistics: statistics))
    return outputs.map { Feature(index: $0) }
  }
}
