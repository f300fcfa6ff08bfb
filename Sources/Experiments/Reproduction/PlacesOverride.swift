internal import Datasets
internal import Groundwork
internal import Tracking

/// Where the data of a recorded trial lies now, and its weights, as `reproduce --set data.root=…` says it.
enum PlacesOverride {
  private static let keys: [String: any WritableKeyPath<DataPlaces, String?> & Sendable] = [
    "data.root": \.root, "data.roi": \.roi, "data.groups": \.groups, "weights.from": \.weights,
  ]
  /// Those of lists, which may be patterns and several.
  private static let lists = ["data.train", "data.validation", "data.test"]
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
      if lists.contains(String(parts[0])) {
        try set(String(parts[0]), text, in: &places)
        continue
      }
      guard let key = keys[String(parts[0])] else {
        throw Failure(
          .usage,
          "error: --set \(text): a run is reproduced as it was recorded; only where its data and its "
            + "weights lie can be set: \((keys.keys + lists).sorted().joined(separator: ", "))")
      }
      let path = String(parts[1])
      places[keyPath: key] =
        free.contains(String(parts[0])) ? Path.absolute(path, in: folder) : path
    }
    return places
  }

  /// - Parameter text: as it was given, to show what is wrong with it.
  private static func set(
    _ key: String, _ text: String, in places: inout DataPlaces
  ) throws(Failure) {
    let overrides = SpecOverrides([text])
    var problems = overrides.problems
    if let assignment = overrides.assignments.first {
      let decoder = SpecDecoder(catalog: .standard, source: assignment.value.mark.source)
      decoder.dataRoot = places.root ?? places.folder
      let value = SpecValue(
        path: assignment.path, node: assignment.value, place: assignment.place, decoder: decoder)
      switch key {
      case "data.train": places.train = value.sampleSources(weights: true) ?? places.train
      case "data.validation": places.validation = value.judgedSets() ?? places.validation
      default: places.test = value.judgedSets() ?? places.test
      }
      problems += decoder.diagnostics
    }
    guard problems.isEmpty else {
      throw Failure(
        .usage, SpecErrors(problems).diagnostics.map(\.description).joined(separator: "\n"))
    }
  }
}
