/// The weights of Keras 1 and 2: a group for each layer, the names of whose weights stand in an
/// attribute; and the layers' names, in order, in an attribute of the group above.
struct LegacyKerasLayers {
  private let objects: HDF5Objects
  private let group: Int
  private let configuration: KerasConfiguration

  init(_ objects: HDF5Objects, _ group: Int, _ configuration: KerasConfiguration) {
    self.objects = objects
    self.group = group
    self.configuration = configuration
  }

  func tensors(of names: [String]) throws(Refusal) -> [StoredTensor] {
    guard try HDF5Attributes(of: group, objects).text("backend") != "theano" else {
      throw Refusal(
        "its kernels were written with Theano, which turns them around",
        remedy: "load it in Keras 2 with TensorFlow and save the weights again")
    }
    var tensors: [StoredTensor] = []
    var seen: Set<String> = []
    for name in names {
      guard seen.insert(name).inserted else {
        throw Refusal.damaged("two layers in it are called '\(name)'")
      }
      for layer in try layers(of: name) { tensors += try layer.tensors() }
      guard tensors.count <= WeightListing.maximumCount else {
        throw Refusal.damaged("it has more than \(WeightListing.maximumCount) weights")
      }
    }
    return tensors
  }

  /// The layer of a group, or the layers of a model that is used as a layer.
  private func layers(of name: String) throws(Refusal) -> [KerasLayer] {
    guard let place = try objects.find(name, from: group) else {
      throw Refusal.damaged("its layer '\(name)' is missing")
    }
    let paths = try HDF5Attributes(of: place, objects).splitTexts("weight_names") ?? []
    let scopes = paths.map { KerasWeightName($0).scope }
    let isModel = Set(scopes).count > 1
    var layers: [KerasLayer] = []
    for (path, scope) in zip(paths, scopes) {
      let layer = isModel && !scope.isEmpty ? scope : name
      if layers.last?.name != layer { layers.append(self.layer(layer)) }
      layers[layers.count - 1].weights.append(try weight(path, in: place, of: name))
    }
    return layers
  }

  private func layer(_ name: String) -> KerasLayer {
    let known = configuration.layers[name]
    return KerasLayer(
      name: name, kind: known.map { KerasKind.snakeCase($0.kind) } ?? "", configuration: known)
  }

  private func weight(
    _ path: String, in group: Int, of layer: String
  ) throws(Refusal) -> KerasLayer.Weight {
    guard let place = try objects.find(path, from: group) else {
      throw Refusal.damaged("the weight '\(path)' of its layer '\(layer)' is missing")
    }
    let dataset = try HDF5StoredDataset(at: place, objects, named: path)
    return KerasLayer.Weight(
      name: path, parameter: KerasWeightName(path).parameter, shape: dataset.shape,
      source: dataset.source)
  }
}

/// A name such as `conv1/kernel:0` of Keras 2, or `block1_conv1_W_1:0` of Keras 1.
struct KerasWeightName {
  /// All before the last slash.
  let scope: String
  /// E.g. `kernel` or `W`.
  let parameter: String

  init(_ name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    scope = parts.dropLast().joined(separator: "/")
    let last = parts.last?.split(separator: ":").first.map(String.init) ?? ""
    guard scope.isEmpty else {
      parameter = Self.dropNumber(last)
      return
    }
    let known = ["running_mean", "running_std", "gamma", "beta", "alphas", "W", "b"]
    let word = Self.dropNumber(last)
    parameter = known.first { word == $0 || word.hasSuffix("_\($0)") } ?? word
  }

  /// TensorFlow numbers names that have been taken: `kernel_1`.
  private static func dropNumber(_ name: String) -> String {
    guard let underscore = name.lastIndex(of: "_") else { return name }
    let number = name[name.index(after: underscore)...]
    return !number.isEmpty && number.allSatisfy(\.isNumber) ? String(name[..<underscore]) : name
  }
}
