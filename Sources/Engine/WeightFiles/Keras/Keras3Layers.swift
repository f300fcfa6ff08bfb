/// The weights of Keras 3: a group `vars` for each layer with its weights as `0`, `1`, …, below groups
/// that are named for the layer's class or for the attribute of the model that holds it.
struct Keras3Layers {
  private let objects: HDF5Objects
  private let configuration: KerasConfiguration
  private static let maximumDepth = 32

  init(_ objects: HDF5Objects, _ configuration: KerasConfiguration) {
    self.objects = objects
    self.configuration = configuration
  }

  func tensors() throws(Refusal) -> [StoredTensor] {
    var found: [(path: [String], layer: KerasLayer)] = []
    try visit(objects.root, at: [], into: &found)
    let names = Dictionary(grouping: found) { $0.layer.name }
    var tensors: [StoredTensor] = []
    for (path, layer) in found {
      // Models in a model may have layers of one name; then their paths are their names.
      let name = names[layer.name]!.count == 1 ? layer.name : path.joined(separator: "/")
      tensors += try KerasLayer(
        name: name, kind: layer.kind, configuration: layer.configuration, weights: layer.weights
      ).tensors()
    }
    return tensors
  }

  /// Finds the layers below a group, by name and number.
  private func visit(
    _ group: Int, at path: [String], into found: inout [(path: [String], layer: KerasLayer)]
  ) throws(Refusal) {
    guard path.count <= Self.maximumDepth, found.count <= WeightListing.maximumCount else {
      throw Refusal.damaged("its groups lie too deep in one another")
    }
    for member in try sorted(objects.members(of: group)) {
      try objects.spend(1 + path.count)
      if member.name == "vars" {
        let layer = try layer(at: member.address, path)
        if !layer.weights.isEmpty { found.append((path, layer)) }
      } else {
        try visit(member.address, at: path + [member.name], into: &found)
      }
    }
  }

  private func layer(at group: Int, _ path: [String]) throws(Refusal) -> KerasLayer {
    let given = try HDF5Attributes(of: group, objects).text("name")
    let name = given ?? path.last ?? ""
    let known = configuration.layers[name]
    var layer = KerasLayer(
      name: name,
      kind: known.map { KerasKind.snakeCase($0.kind) } ?? KerasKind.guess(path: path, name: name),
      configuration: known)
    for member in try sorted(objects.members(of: group)) {
      let whole = (path + ["vars", member.name]).joined(separator: "/")
      let dataset = try HDF5StoredDataset(at: member.address, objects, named: whole)
      layer.weights.append(
        KerasLayer.Weight(
          name: whole, parameter: "", shape: dataset.shape, source: dataset.source))
    }
    return layer
  }

  /// `conv2d`, `conv2d_1`, …, `conv2d_10`: HDF5 itself has `conv2d_10` before `conv2d_2`.
  private func sorted(_ members: [HDF5Member]) -> [HDF5Member] {
    members.map { ($0, NumberedName($0.name)) }
      .sorted { ($0.1.word, $0.1.number) < ($1.1.word, $1.1.number) }.map(\.0)
  }
}

/// A name with a number at its end, such as `conv2d_10` or `3`.
struct NumberedName {
  let word: String
  /// -1 where there is none, or one of more digits than a counter reaches.
  let number: Int

  init(_ name: String) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let head = name.dropLast(digits)
    guard digits > 0, digits < 10, head.isEmpty || head.last == "_" else {
      (word, number) = (name, -1)
      return
    }
    word = head.isEmpty ? "" : String(head.dropLast())
    number = Int(name.suffix(digits)) ?? -1
  }
}

/// The kinds of Keras layers as Keras 3 spells them in groups.
enum KerasKind {
  /// Those whose weights need to be told apart.
  private static let known: Set<String> = [
    "conv1d", "conv2d", "conv3d", "conv1d_transpose", "conv2d_transpose", "conv3d_transpose",
    "depthwise_conv1d", "depthwise_conv2d", "separable_conv1d", "separable_conv2d", "dense",
    "batch_normalization", "layer_normalization", "group_normalization", "p_re_lu", "embedding",
    "seed_generator", "optimizer",
  ]

  /// The kind that a group is named for, or else the layer; empty where neither is.
  static func guess(path: [String], name: String) -> String {
    if path.first == "optimizer" { return "optimizer" }
    for name in [path.last ?? "", name] {
      let word = NumberedName(name).word
      if known.contains(word) { return word }
    }
    return ""
  }

  /// `DepthwiseConv2D` → `depthwise_conv2d`, `PReLU` → `p_re_lu`, as Keras names groups: a word begins
  /// with a capital that stands before or behind a small letter.
  static func snakeCase(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      if index > 0, letter.isUppercase,
        letters[index - 1].isLowercase || letters[(index + 1)...].first?.isLowercase == true
      {
        result += "_"
      }
      result += letter.lowercased()
    }
    return result
  }
}
