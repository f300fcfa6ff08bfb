internal import Networks

/// A network as a model of ONNX.
package struct TranslatedNetwork: Sendable {
  package var model: ONNXModel
  /// By multiples of what the height and the width of an image may differ from the network's; `nil`
  /// where they must be the network's.
  package let step: Int?
  /// The node that asks for an image of one size; `nil` where none does.
  package let sizeDependentNode: String?

  /// The name of the model's input: images N × C × H × W.
  package static let input = "image"

  /// - Parameters:
  ///   - candidates: the sizes that the model may be for, of which it is for the first that it can be;
  ///     the last has to be one size, for which every network can be translated.
  ///   - program: the name and the version of the program that writes the model.
  ///   - weights: gives the values of a parameter or statistic by its name; may be asked several times.
  package init(
    _ candidates: [ImageSizes], _ options: ModelOptions, program: (name: String, version: String),
    weights: (String) throws -> [Float]
  ) throws {
    let extent = candidates[0].networks[0].input.extent
    guard extent.rank == 2 else {
      throw ModelFileError(
        "the network is not one of images but of \(extent)",
        remedy: "export the weights as safetensors")
    }
    guard !candidates[0].networks[0].choosesRegions else {
      throw ModelFileError(
        "the network chooses regions, which is not translated to ONNX",
        remedy: "export the weights as safetensors")
    }
    var dependence: SizeDependence?
    for sizes in candidates {
      do {
        let graph = try Self.graph(sizes, options, weights)
        model = ONNXModel(producer: program.name, producerVersion: program.version, graph: graph)
        step = sizes.step
        sizeDependentNode = step == nil ? dependence?.node : nil
        return
      } catch let found as SizeDependence {
        dependence = found
      }
    }
    preconditionFailure("\(dependence?.node ?? "a node") needs a size, and none is fixed")
  }

  private static func graph(
    _ sizes: ImageSizes, _ options: ModelOptions, _ weights: (String) throws -> [Float]
  ) throws -> ONNXGraph {
    let network = sizes.networks[0]
    var graph = GraphWriter(name: network.name)
    let isFixed = sizes.step == nil
    let axes: [ONNXPort.Extent] =
      isFixed
      ? [.fixed(network.input.size.height), .fixed(network.input.size.width)]
      : [.any("H"), .any("W")]
    graph.input(
      ONNXPort(
        name: graph.reserve(input), type: .float,
        shape: [.any("N"), .fixed(network.input.channels)] + axes))
    if options.output != .logits { _ = graph.reserve(options.output.rawValue) }
    let image = options.normalization.map { graph.normalize(input, $0) } ?? input

    let heads = options.output == .logits ? network.heads : [network.heads[0]]
    var outputs: [Int: String] = [:]
    for head in heads {
      let name = graph.reserve(head.name)
      if outputs[head.value] == nil { outputs[head.value] = name }
    }
    var translation = try NetworkTranslation(
      sizes, graph, image: image, outputs: outputs, foldsNorms: options.foldsNorms,
      weights: weights)
    for head in heads { translation.appendOutput(head, options, sizes, axes) }
    return translation.graph.graph
  }
}

extension GraphWriter {
  /// - Returns: the tensor of the normalized image.
  fileprivate mutating func normalize(
    _ image: String, _ normalization: ImageNormalization
  ) -> String {
    var image = image
    if let limits = normalization.limits {
      let lowest = constant("normalize.lowest", [], [limits.lowerBound])
      let highest = constant("normalize.highest", [], [limits.upperBound])
      image = make("normalize.clip", "Clip", [image, lowest, highest])
    }
    let perChannel = [normalization.subtrahend.count, 1, 1]
    let subtrahend = constant("normalize.mean", perChannel, normalization.subtrahend)
    let divisor = constant("normalize.std", perChannel, normalization.divisor)
    let centred = make("normalize.subtract", "Sub", [image, subtrahend])
    return make("normalize.divide", "Div", [centred, divisor])
  }
}

extension NetworkTranslation {
  /// Adds what the model gives of a head, and says so.
  fileprivate mutating func appendOutput(
    _ head: Head, _ options: ModelOptions, _ sizes: ImageSizes, _ axes: [ONNXPort.Extent]
  ) {
    let tensor = tensors[head.value] ?? ""
    let shape = network.values[head.value].shape
    let isOfTheImage = sizes.networks.allSatisfy {
      $0.values[head.value].shape.extent == $0.input.extent
    }
    let ownAxes: [ONNXPort.Extent] =
      sizes.step == nil
      ? [.fixed(shape.height), .fixed(shape.width)]
      : [.any("\(head.name) H"), .any("\(head.name) W")]
    let places = isOfTheImage ? axes : ownAxes
    let perClass = [.any("N"), .fixed(shape.channels)] + places
    let name = options.output.rawValue
    switch options.output {
    case .logits:
      if tensor != head.name {
        graph.append(graph.reserve(head.name), "Identity", [tensor], [head.name])
      }
      graph.output(ONNXPort(name: head.name, type: .float, shape: perClass))
    case .probabilities where options.classesExclude:
      graph.append(name, "Softmax", [tensor], [name], [.integer("axis", 1)])
      graph.output(ONNXPort(name: name, type: .float, shape: perClass))
    case .probabilities:
      graph.append(name, "Sigmoid", [tensor], [name])
      graph.output(ONNXPort(name: name, type: .float, shape: perClass))
    case .labels where options.classesExclude:
      graph.append(
        name, "ArgMax", [tensor], [name], [.integer("axis", 1), .integer("keepdims", 0)])
      graph.output(ONNXPort(name: name, type: .int64, shape: [.any("N")] + places))
    case .labels:
      let zero = graph.constant("labels.threshold", [], [0])
      let positive = graph.make("labels.positive", "Greater", [tensor, zero])
      graph.append(
        name, "Cast", [positive], [name], [.integer("to", ONNXType.uint8.rawValue)])
      graph.output(ONNXPort(name: name, type: .uint8, shape: perClass))
    }
  }
}
