internal import Groundwork
internal import Tracking

/// Where the data of a recorded trial lies now, and its weights, as `reproduce --set data.root=…` says it.
enum PlacesOverride {
  private static let keys: [String: any WritableKeyPath<DataPlaces, String?> & Sendable] = [
    "data.root": \.root, "data.train": \.train, "data.validation": \.validation,
    "data.test": \.test, "data.roi": \.roi, "data.groups": \.groups,
    "weights.from": \.weights,
  ]
  /// Paths that are relative to the working directory; lists and what they name are relative to the root.
  private static let free = ["data.root", "weights.from"]

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
          "error: --set \(text): a run is reproduced as it was recorded; only where its data and its "
            + "weights lie can be set: \(keys.keys.sorted().joined(separator: ", "))")
      }
      let path = String(parts[1])
      places[keyPath: key] =
        free.contains(String(parts[0])) ? Path.absolute(path, in: folder) : path
    }
    return places
  }
}
