package import Groundwork

/// A network that a spec writes layer by layer: each layer reads the output of the one before it, or a
/// value that an earlier layer gave a name.
package struct LayeredTemplate: Template {
  package static let name = "layers"
  package static let about = "A network of your own, written layer by layer."
  package static let example = """
    template:
      layers:
        - convolution: {outputs: 16}
        - relu: {as: skip}
        - max_pool
        - convolution: {outputs: 32}
        - relu
        - resize: {like: skip}
        - concatenate: [skip]
        - convolution: {outputs: classes, kernel: 1}
    """

  package static let layers = Field.layers("layers", "The layers, from the image to the logits.")
  package static let fields = [layers.declaration]

  let steps: [Step]

  /// A layer with its place in the chain.
  struct Step: Sendable {
    let layer: any Layer
    /// The name of its node, with which the names of its parameters begin.
    let node: String
    /// What its output is called; `nil` where only the next layer reads it.
    let name: String?
    /// The name of the value that it reads; `nil` for the previous layer's output.
    let source: String?
    /// The names of the values that it reads besides.
    let others: [String]
    /// The keys that lead to it in the spec.
    let path: String
  }

  /// - Throws: ``ComponentError`` with everything that is wrong with single layers and with names.
  package init(_ values: FieldValues) throws(ComponentError) {
    let layers = values[Self.layers]
    let nodes = Self.nodeNames(of: layers)
    var problems: [ComponentError] = []
    var steps: [Step] = []
    var known: Set = [LayerChain.input]
    for (index, (layer, node)) in zip(layers, nodes).enumerated() {
      let path = "\(Self.name).\(index).\(layer.layer.name)"
      do throws(ComponentError) {
        let step = try Step(layer, node: node, path: path)
        for name in [step.source].compactMap(\.self) + step.others where !known.contains(name) {
          throw ComponentError("there is no value '\(name)' yet")
        }
        steps.append(step)
      } catch {
        problems += error.all.map { $0.within(path) }
      }
      if let name = layer.name { known.insert(name) }
    }
    if let problem = Self.ambiguity(of: nodes, layers) { problems.append(problem) }
    guard problems.isEmpty else { throw ComponentError(problems) }
    self.steps = steps
  }

  package var sizeMultiple: Int { 1 }
}

// MARK: - Names

extension LayeredTemplate {
  /// The name that a layer was given, or else its kind and the how-manieth of its kind it is.
  private static func nodeNames(of layers: [LayerSettings]) -> [String] {
    var counts: [String: Int] = [:]
    return layers.map { layer in
      counts[layer.layer.name, default: 0] += 1
      return layer.name ?? "\(layer.layer.name)\(counts[layer.layer.name] ?? 0)"
    }
  }

  /// Two layers of one name would be two parameters of one name.
  private static func ambiguity(
    of nodes: [String], _ layers: [LayerSettings]
  ) -> ComponentError? {
    var seen: Set<String> = []
    guard let repeated = nodes.first(where: { !seen.insert($0).inserted }),
      let given = layers.lastIndex(where: { $0.name == repeated })
    else { return nil }
    return ComponentError(
      field: "\(name).\(given).\(layers[given].layer.name).as",
      "another layer is called '\(repeated)': use another name")
  }
}

extension LayeredTemplate.Step {
  /// - Precondition: the layer is one of the list, with checked values.
  fileprivate init(
    _ settings: LayerSettings, node: String, path: String
  ) throws(ComponentError) {
    guard let type = Registry.layers.find(settings.layer.name) else {
      throw ComponentError("there is no layer '\(settings.layer.name)'")
    }
    layer = try type.init(settings.layer.values)
    (name, source) = (settings.name, settings.source)
    (self.node, self.path) = (node, path)
    others = type.fields.flatMap { field -> [String] in
      switch (field.type, settings.layer.values.all[field.name]) {
      case (.value, .name(let name)): [name]
      case (.values, .names(let names)): names
      default: []
      }
    }
  }
}

extension ComponentError {
  /// The same mistake of a part of another component.
  fileprivate func within(_ path: String) -> ComponentError {
    ComponentError(field: path + (field.map { ".\($0)" } ?? ""), message)
  }
}

// MARK: - The network

extension LayeredTemplate {
  /// - Throws: ``ComponentError`` with everything that does not fit; behind a layer that does not, only
  ///   what follows from a named value can be looked at.
  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    var chain = LayerChain(name: Self.name, input: input, classes: classes)
    var problems: [ComponentError] = []
    var isKnown = true
    for step in steps {
      if let source = step.source {
        isKnown = chain.has(source)
        if isKnown { chain.value = chain[source] }
      }
      isKnown = isKnown && step.others.allSatisfy(chain.has)
      guard isKnown else { continue }
      chain.pooling = nil
      do throws(ComponentError) {
        try step.layer.append(step.node, to: &chain)
        if let name = step.name { chain.keep(as: name) }
      } catch {
        problems.append(error.within(step.path))
        isKnown = false
      }
    }
    if isKnown, let last = steps.last {
      problems += Self.misfit(of: chain, input: input).map { $0.within(last.path) }
    }
    problems += idleSteps.map { step in
      ComponentError(
        "nothing reads what this layer gives: name it with as and join it, or leave it out"
      ).within(step.path)
    }
    let network = chain.net.build(logits: chain.value)
    if problems.isEmpty, network.parameters.isEmpty {
      problems.append(ComponentError(field: Self.name, "no layer has anything to learn"))
    }
    guard problems.isEmpty else { throw ComponentError(problems) }
    return network
  }

  /// What keeps the chain's value from being the logits.
  private static func misfit(of chain: LayerChain, input: NetworkInput) -> [ComponentError] {
    let (own, wanted) = (chain.shape, FeatureShape(chain.classes, input.extent))
    guard own != wanted else { return [] }
    var remedies: [String] = []
    if own.channels != wanted.channels {
      remedies.append("end with convolution: {outputs: classes, kernel: 1}")
    }
    if own.extent != wanted.extent { remedies.append("put resize: {like: input} behind it") }
    return [
      ComponentError(
        "the last layer gives \(own), but the logits of these images are \(wanted): "
          + remedies.joined(separator: ", and "))
    ]
  }

  /// Layers whose output is neither the logits nor read by another layer.
  private var idleSteps: [Step] {
    let read = Set(steps.flatMap { $0.others + [$0.source].compactMap(\.self) })
    return zip(steps, steps.dropFirst()).compactMap { step, next in
      let isRead = next.source == nil || step.name.map(read.contains) == true
      return isRead ? nil : step
    }
  }
}
