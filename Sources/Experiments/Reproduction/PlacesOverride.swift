internal import Groundwork
internal import Tracking

/// Where the data of a recorded trial lies now, as `reproduce --set data.root=…` says it.
enum PlacesOverride {
  private static let keys: [String: any WritableKeyPath<DataPlaces, String?> & Sendable] = [
    "data.root": \.root, "data.train": \.train, "data.validation": \.validation,
    "data.test": \.test, "data.roi": \.roi, "data.groups": \.groups,
  ]

  /// - Parameters:
  ///   - texts: `path=value`; paths are relative to the working directory.
  ///   - folder: the working directory.
  /// - Throws: ``Failure`` for a path that is no place of data: all else is as it was recorded.
  static func applied(
    _ texts: [String], to places: DataPlaces, folder: String
  ) throws(Failure) -> DataPlaces {
    var places = places
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw Failure(.usage, "error: --set \(text): write path=value")
      }
      guard let key = keys[String(parts[0])] else {
        throw Failure(
          .usage,
          "error: --set \(text): a run is reproduced as it was recorded; only where its data lies "
            + "can be set: \(keys.keys.sorted().joined(separator: ", "))")
      }
      let path = String(parts[1])
      // Lists and what they name are relative to the root.
      places[keyPath: key] = parts[0] == "data.root" ? Path.absolute(path, in: folder) : path
    }
    return places
  }
}
