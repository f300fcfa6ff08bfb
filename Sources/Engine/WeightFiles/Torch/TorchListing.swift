/// What the two containers of PyTorch have in common: tensors of a pickle over storages in the file.
enum TorchListing {
  /// - Parameters:
  ///   - places: where the storages lie, by key.
  ///   - isBigEndian: how their numbers are stored.
  static func make(
    _ container: WeightFormat.TorchContainer, _ state: StateDictionary,
    places: [String: Range<Int>], isBigEndian: Bool
  ) throws(Refusal) -> WeightListing {
    var tensors: [DottedTensor] = []
    var names: Set<String> = []
    for (path, key, tensor) in state.tensors {
      let dotted = DottedTensor(
        container: path, key: key, shape: tensor.view.shape,
        source: try source(
          tensor, named: (path + [key]).joined(separator: "."), places, isBigEndian))
      guard names.insert(dotted.name).inserted else {
        throw Refusal.damaged("two tensors in it are called '\(dotted.name)'")
      }
      tensors.append(dotted)
    }
    let naming = DottedNames(tensors)
    return WeightListing(
      format: .torch(container), tensors: naming.stored, prefix: naming.prefix)
  }

  private static func source(
    _ tensor: TorchTensor, named name: String, _ places: [String: Range<Int>], _ isBigEndian: Bool
  ) throws(Refusal) -> ValueSource {
    let storage = tensor.storage
    guard let place = places[storage.key] else {
      throw Refusal.damaged("the values of '\(name)' are missing")
    }
    guard place.count / storage.type.size >= storage.count else {
      throw Refusal.damaged("the values of '\(name)' end early")
    }
    do {
      return try ValueSource(
        storage: place, elements: storage.count, type: storage.type, isBigEndian: isBigEndian,
        view: tensor.view)
    } catch {
      throw Refusal("'\(name)': \(error.reason)", remedy: error.remedy)
    }
  }
}
