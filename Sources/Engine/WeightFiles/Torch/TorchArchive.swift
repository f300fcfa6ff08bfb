internal import Archives

/// A checkpoint of PyTorch 1.6 or later: a zip archive of a pickle and of one entry for each storage,
/// all below one folder of any name.
enum TorchArchive {
  /// No pickle of a checkpoint is larger; the numbers lie outside of it.
  private static let pickleLimit = 64 << 20

  static func listing(of contents: FileContents, _ archive: ZipArchive) throws(Refusal)
    -> WeightListing
  {
    let folder = try folder(archive)
    guard archive.entries[folder + "version"] != nil else {
      throw Refusal.damaged("the archive lacks '\(folder)version', which PyTorch writes")
    }
    let pickle = archive.entries[folder + "data.pkl"]!
    guard pickle.count <= pickleLimit else {
      throw Refusal.damaged("its pickle has \(pickle.count) bytes")
    }
    var machine = PickleMachine(ByteReader(contents, pickle))
    let state = try StateDictionary(try machine.run(), heap: machine.heap)
    var places: [String: Range<Int>] = [:]
    for key in machine.storages.keys { places[key] = archive.entries["\(folder)data/\(key)"] }
    return try TorchListing.make(
      .archive, state, places: places,
      isBigEndian: try isBigEndian(archive.entries[folder + "byteorder"], contents))
  }

  /// The folder of `data.pkl`, with the slash behind it.
  private static func folder(_ archive: ZipArchive) throws(Refusal) -> String {
    let pickles = archive.names.filter {
      $0.hasSuffix("/data.pkl") && $0.split(separator: "/").count == 2
    }
    guard pickles.count == 1 else {
      throw Refusal.damaged("the archive has \(pickles.count) pickles called data.pkl")
    }
    let folder = String(pickles[0].dropLast("data.pkl".count))
    guard
      !archive.names.contains(where: {
        $0 == folder + "constants.pkl" || $0.hasPrefix(folder + "code/")
      })
    else {
      throw Refusal(
        "it is a TorchScript archive, which is a program",
        remedy: "load it in Python with torch.jit.load and save its state_dict() with torch.save")
    }
    return folder
  }

  private static func isBigEndian(
    _ place: Range<Int>?, _ contents: FileContents
  ) throws(Refusal) -> Bool {
    guard let place else { return false }
    let reader = ByteReader(contents, place)
    if reader.starts(with: "little".utf8) { return false }
    if reader.starts(with: "big".utf8) { return true }
    throw Refusal.damaged("its byte order is neither little nor big")
  }
}
