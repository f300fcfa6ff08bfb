internal import Archives

/// Recognises the format of a file by its bytes, whatever it is called, and reads its listing.
enum Recognition {
  static func listing(of contents: FileContents) throws(Refusal) -> WeightListing {
    let start = ByteReader(contents)
    // First, because the count of a header may look like any signature of up to seven bytes; behind
    // those signatures nothing has a brace at the ninth.
    if SafeTensorsFile.isLikely(contents) { return try SafeTensorsFile.listing(of: contents) }
    if start.starts(with: ZipArchive.signature) { return try archive(contents) }
    if start.starts(with: HDF5Objects.signature) { return try tree(contents) }
    if start.starts(with: LegacyTorchFile.signature) {
      return try LegacyTorchFile.listing(of: contents)
    }
    if let foreign = ForeignFile.refusal(contents) { throw foreign }
    if CaffeModel.isLikely(contents) { return try CaffeModel.listing(of: contents) }
    throw Refusal(
      "it is none of the formats that this program reads",
      remedy: "give a .caffemodel, .h5, .weights.h5, .keras, .safetensors, .pth or .pt file")
  }

  private static func tree(_ contents: FileContents) throws(Refusal) -> WeightListing {
    let objects = try HDF5Objects(contents, 0..<contents.count)
    return CheckpointWeights.isLikely(objects)
      ? try CheckpointWeights.listing(of: objects) : try KerasFile.listing(of: objects)
  }

  private static func archive(_ contents: FileContents) throws(Refusal) -> WeightListing {
    let archive = try ZipArchive(contents)
    if archive.entries[KerasFile.weightsEntry] != nil {
      return try KerasFile.listing(of: contents, archive)
    }
    if archive.names.contains(where: { $0.hasSuffix("/data.pkl") }) {
      return try TorchArchive.listing(of: contents, archive)
    }
    if archive.names.contains(where: { $0.hasSuffix(".npy") }) {
      throw Refusal("it is an archive of NumPy arrays", remedy: "save the weights as safetensors")
    }
    throw Refusal(
      "it is a zip archive with neither PyTorch's nor Keras's weights",
      remedy: "unpack it and name the file of weights in it")
  }
}
