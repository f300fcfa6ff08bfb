internal import Groundwork
internal import Networks

/// Translates a network node by node, in its order. How each operation is said in ONNX stands in the
/// other files of this folder, and ``append(_:)`` lists them all.
struct NetworkTranslation {
  let sizes: ImageSizes
  var graph: GraphWriter
  /// The tensor of each value of the network; `nil` where there is none.
  private(set) var tensors: [String?]
  /// The tensors of the values that the model gives, known beforehand.
  private let reserved: [Int: String]
  /// The tensors that hold a value's height and width, by the value.
  private var extents: [Int: String] = [:]

  var network: Network { sizes.networks[0] }

  /// - Parameters:
  ///   - outputs: the tensors of the values that the model gives, by the value.
  ///   - weights: gives the values of a parameter or statistic by its name.
  init(
    _ sizes: ImageSizes, _ graph: GraphWriter, image: String, outputs: [Int: String],
    foldsNorms: Bool, weights: (String) throws -> [Float]
  ) throws {
    self.sizes = sizes
    self.graph = graph
    let network = sizes.networks[0]
    tensors = Array(repeating: nil, count: network.values.count)
    tensors[Network.inputValue] = image
    reserved = outputs
    let read = network.valuesRead(for: Set(outputs.keys))
    let folding = foldsNorms ? NormFolding(network, outputs: Set(outputs.keys)) : nil
    for (index, node) in network.nodes.enumerated() {
      guard !read.isDisjoint(with: node.outputs), folding?.hasTaken(index) != true else { continue }
      let norm = folding?.norms[index]
      var own = try network.weights(of: node, weights)
      if let norm, case .batchNorm(let definition) = network.nodes[norm].operation {
        own = try definition.folded(
          into: own, network.weights(of: network.nodes[norm], weights),
          isTransposed: node.operation.isTransposed)
      }
      let outputs = norm.map { network.nodes[$0].outputs } ?? node.outputs
      try append(translated(node, index, outputs: outputs, read: read, own))
    }
  }

  private mutating func translated(
    _ node: Network.Node, _ index: Int, outputs: [Int], read: Set<Int>, _ weights: [WeightTensor]
  ) -> TranslatedNode {
    let name = graph.reserve(node.name)
    for (place, value) in outputs.enumerated() where place == 0 || read.contains(value) {
      tensors[value] = reserved[value] ?? (place == 0 ? name : graph.reserve("\(name).\(place)"))
    }
    return TranslatedNode(
      index: index, name: name, operation: node.operation,
      inputs: node.inputs.map { tensors[$0] ?? "" },
      inputShapes: node.inputs.map { network.values[$0].shape },
      outputs: outputs.map { tensors[$0] },
      outputShapes: outputs.map { network.values[$0].shape }, weights: weights)
  }

  /// Adds what an operation is in ONNX: the one place that lists every operation.
  private mutating func append(_ node: TranslatedNode) throws(SizeDependence) {
    switch node.operation {
    case .convolution(let convolution): append(convolution, node)
    case .sharedConvolution(let convolution): append(convolution, node)
    case .transposedConvolution(let convolution): append(convolution, node)
    case .batchNorm(let norm): append(norm, node)
    case .groupNorm(let norm): append(norm, node)
    case .rectifier(let rectifier): append(rectifier, node)
    case .prelu: appendPReLU(node)
    case .sigmoid: appendSigmoid(node)
    case .swish: appendSwish(node)
    case .maxPool(let pool): append(pool, node)
    case .maxUnpool(let unpool): try append(unpool, node)
    case .averagePool(let pool): try append(pool, node)
    case .adaptiveAveragePool(let pool): try append(pool, node)
    case .resize(let resize): try append(resize, node)
    case .crop(let crop): try append(crop, node)
    case .concatenate: appendConcatenation(node)
    case .add: appendSum(node)
    case .multiply: appendProduct(node)
    case .pointTransform(let transform): append(transform, node)
    case .padChannels(let pad): append(pad, node)
    case .pixelShuffle(let shuffle): append(shuffle, node)
    case .channelShuffle(let shuffle): append(shuffle, node)
    case .dropout, .spatialDropout: appendIdentity(node)
    case .convLSTM: preconditionFailure("volumes are refused before")
    case .regions: preconditionFailure("regions are refused before")
    }
  }
}

// MARK: - What translations of operations use

extension NetworkTranslation {
  /// Adds the node that makes the output of an operation, or of the last of several nodes that it takes.
  ///
  /// - Parameter inputs: what it reads; those of the network's node if `nil`.
  mutating func finish(
    _ node: TranslatedNode, _ type: String, _ inputs: [String]? = nil,
    _ attributes: [ONNXNode.Attribute] = []
  ) {
    graph.append(node.name, type, inputs ?? node.inputs, [node.output], attributes)
  }

  /// Adds a parameter or a statistic to the constants.
  ///
  /// - Parameter shape: its own if `nil`.
  mutating func constant(
    _ role: String, of node: TranslatedNode, shape: [Int]? = nil
  ) -> String {
    let weight = node.weights.role(role)
    return graph.constant(weight.name, shape ?? weight.shape, weight.values)
  }

  /// The value is the input itself: no node is needed, except to give it the name of an output.
  mutating func appendIdentity(_ node: TranslatedNode) {
    let value = network.nodes[node.index].outputs[0]
    guard reserved[value] == nil else { return finish(node, "Identity") }
    tensors[value] = node.inputs[0]
  }

  /// Height and width that an operation asks for, as a tensor of two integers: those of another value
  /// where the size of the image is not fixed.
  ///
  /// - Parameter extent: what the operation asks for.
  /// - Throws: ``SizeDependence`` where no value made so far has that extent at every size.
  mutating func extent(
    of node: TranslatedNode, _ extent: (Operation) -> SpatialExtent
  ) throws(SizeDependence) -> String {
    let wanted = sizes.networks.map { extent($0.nodes[node.index].operation) }
    if wanted.allSatisfy({ $0 == wanted[0] }) { return graph.integers(wanted[0].extents) }
    let makers = tensors.indices.filter { value in
      tensors[value] != nil && network.values[value].kind == .features
        && zip(sizes.networks, wanted).allSatisfy { $0.values[value].shape.extent == $1 }
        && !network.nodes[node.index].outputs.contains(value)
    }
    guard let value = makers.first else { throw SizeDependence(node: node.name) }
    return self.extent(ofValue: value)
  }

  /// The height and width of a value of the network, as a tensor of two integers.
  private mutating func extent(ofValue value: Int) -> String {
    if let known = extents[value] { return known }
    let tensor = tensors[value] ?? ""
    let extent = self.extent(ofTensor: tensor)
    extents[value] = extent
    return extent
  }

  /// The height and width of a tensor, as a tensor of two integers.
  mutating func extent(ofTensor tensor: String) -> String {
    let shape = graph.make("\(tensor).shape", "Shape", [tensor])
    return graph.make(
      "\(tensor).extent", "Slice", [shape, graph.integers([2]), graph.integers([4])])
  }
}

/// An operation that needs to know the size of the image beforehand.
struct SizeDependence: Error {
  /// The name of its node.
  let node: String
}

extension Operation {
  fileprivate var isTransposed: Bool {
    if case .transposedConvolution = self { true } else { false }
  }
}

extension Network {
  /// The values that the given ones are computed from, and these themselves.
  fileprivate func valuesRead(for outputs: Set<Int>) -> Set<Int> {
    nodes.reversed().reduce(into: outputs) { read, node in
      if !read.isDisjoint(with: node.outputs) { read.formUnion(node.inputs) }
    }
  }

  fileprivate func weights(
    of node: Node, _ values: (String) throws -> [Float]
  ) throws -> [WeightTensor] {
    let tensors =
      node.parameters.map { (parameters[$0].name, parameters[$0].shape) }
      + node.statistics.map { (statistics[$0].name, statistics[$0].shape) }
    return try tensors.map { name, shape in
      let role = String(name.dropFirst(node.name.count + 1))
      let values = try values(name)
      precondition(
        values.count == shape.reduce(1, *), "\(values.count) values for \(name) \(shape)")
      return WeightTensor(role: role, name: name, shape: shape, values: values)
    }
  }
}
