/// A tensor of a state dictionary, as PyTorch and safetensors name it: `layer.parameter`.
struct DottedTensor {
  /// The keys of the dictionaries in which the state dictionary lies, outermost first.
  let container: [String]
  let key: String
  let shape: [Int]
  let source: ValueSource

  var name: String { (container + [key]).joined(separator: ".") }
}

/// Finds the layers and roles of tensors with dotted names.
struct DottedNames {
  let stored: [StoredTensor]
  /// What the names of the state dictionary with the most tensors have in front of their layers.
  let prefix: String

  init(_ tensors: [DottedTensor]) {
    let prefix = Self.prefix(tensors)
    let layers = Dictionary(grouping: tensors.indices) { DottedName(tensors[$0].name).layer }
      .mapValues { indices in
        DottedLayer(
          indices.map { (DottedName(tensors[$0].name).parameter, tensors[$0].shape.count) })
      }
    self.prefix = prefix
    stored = tensors.map { tensor in
      let name = DottedName(tensor.name)
      let layer = layers[name.layer]
      return StoredTensor(
        name: tensor.name, layer: DottedName(name.whole.dropping(prefix: prefix)).layer,
        role: layer?.role(of: name.parameter) ?? .other(name.parameter), shape: tensor.shape,
        source: tensor.source)
    }
  }

  /// Checkpoints keep their state dictionary under one of these keys, beside the optimizer's state.
  private static let wrappers: Set<String> = [
    "state_dict", "model_state_dict", "model_state", "model", "module", "network", "net", "weights",
    "params",
  ]
  /// Trainers wrap a network so; all of its names begin so then.
  private static let wrapperLayers = ["module.", "model.", "state_dict."]

  private static func prefix(_ tensors: [DottedTensor]) -> String {
    let candidates = Dictionary(
      grouping: tensors.filter { $0.container.allSatisfy(wrappers.contains) }
    ) { $0.container }
    // The first in the order of names where two are equally large.
    guard
      let main = candidates.max(by: {
        ($0.value.count, $1.key.joined()) < ($1.value.count, $0.key.joined())
      })
    else { return "" }
    var prefix = ""
    while let next = wrapperLayers.first(where: { next in
      main.value.allSatisfy { $0.key.hasPrefix(prefix + next) }
    }) {
      prefix += next
    }
    return main.key.map { $0 + "." }.joined() + prefix
  }
}

/// A name such as `features.0.weight`.
struct DottedName {
  let whole: String
  /// All before the last dot; empty where there is none.
  let layer: String
  let parameter: String

  init(_ whole: String) {
    self.whole = whole
    let dot = whole.lastIndex(of: ".")
    layer = dot.map { String(whole[..<$0]) } ?? ""
    parameter = dot.map { String(whole[whole.index(after: $0)...]) } ?? whole
  }
}

extension String {
  func dropping(prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
