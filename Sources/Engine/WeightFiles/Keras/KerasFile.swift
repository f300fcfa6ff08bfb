internal import Archives

/// The three layouts in which Keras keeps weights in HDF5 files, and its archives of one.
enum KerasFile {
  /// An HDF5 file.
  static func listing(of objects: HDF5Objects) throws(Refusal) -> WeightListing {
    let root = try HDF5Attributes(of: objects.root, objects)
    if let names = try root.splitTexts("layer_names") {
      let layers = LegacyKerasLayers(objects, objects.root, KerasConfiguration())
      return WeightListing(
        format: .keras(.legacyWeights), tensors: try layers.tensors(of: names))
    }
    if let group = try objects.find("model_weights", from: objects.root),
      let names = try HDF5Attributes(of: group, objects).splitTexts("layer_names")
    {
      let configuration = try KerasConfiguration(json: try root.text("model_config") ?? "{}")
      let layers = LegacyKerasLayers(objects, group, configuration)
      return WeightListing(format: .keras(.legacyModel), tensors: try layers.tensors(of: names))
    }
    let tensors = try Keras3Layers(objects, KerasConfiguration()).tensors()
    guard !tensors.isEmpty else { throw try foreign(objects) }
    return WeightListing(format: .keras(.weights), tensors: tensors)
  }

  /// An archive that ``ZipArchive`` has listed, with an entry `model.weights.h5`.
  static func listing(
    of contents: FileContents, _ archive: ZipArchive
  ) throws(Refusal) -> WeightListing {
    let objects = try HDF5Objects(contents, archive.entries[weightsEntry]!)
    var configuration = KerasConfiguration()
    if let place = archive.entries["config.json"] {
      var reader = ByteReader(contents, place)
      configuration = try KerasConfiguration(json: try reader.text(place.count))
    }
    let tensors = try Keras3Layers(objects, configuration).tensors()
    return WeightListing(format: .keras(.archive), tensors: tensors)
  }

  static let weightsEntry = "model.weights.h5"

  private static func foreign(_ objects: HDF5Objects) throws(Refusal) -> Refusal {
    let names = try objects.members(of: objects.root).prefix(4).map { "'\($0.name)'" }
    guard try objects.find("data", from: objects.root) == nil else {
      return Refusal(
        "it is an HDF5 file without Keras weights, perhaps Caffe's",
        remedy: "save Caffe's weights as .caffemodel")
    }
    return Refusal(
      "it is an HDF5 file without Keras weights"
        + (names.isEmpty ? "" : "; it holds \(names.joined(separator: ", "))"),
      remedy: "name a file that save_weights or save of Keras wrote")
  }
}
