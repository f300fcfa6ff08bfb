internal import Foundation

/// The runs of a folder that TensorBoard shows: every folder in it that holds event files.
///
/// Two habits of other programs are known: Keras writes what it measures while training and while validating
/// into folders `train` and `validation` of one run, and `SummaryWriter.add_hparams` writes
/// hyperparameters into a folder below that of their run. Both become one run.
package enum EventFolder {
  /// True where a file's name says that it holds events.
  package static func isEventFile(_ name: String) -> Bool { name.contains("tfevents") }

  /// - Parameter path: a folder, or one file of events.
  package static func runs(_ path: String) throws(TrackerError) -> [TrackedRun] {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      var found = EventFile()
      try found.read(try ByteSource(path: path))
      let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
      return [run(name, found)]
    }
    let root = try TrackerFolder(path)
    var places: [String: EventFile] = [:]
    try collect(root, "", &places, depth: 16)
    let merged = merged(places)
    guard !merged.isEmpty else {
      throw TrackerError(
        path, "no event file lies in it or below",
        remedy: "name the folder that tensorboard --logdir is given")
    }
    let ownName = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    // The tenth run comes behind the ninth.
    let ordered = merged.sorted {
      let order = $0.key.compare($1.key, options: .numeric)
      return order == .orderedSame ? $0.key < $1.key : order == .orderedAscending
    }
    return ordered.map { place, found in
      run(place.isEmpty ? ownName : place, found)
    }
  }

  private static func collect(
    _ folder: TrackerFolder, _ place: String, _ places: inout [String: EventFile], depth: Int
  ) throws(TrackerError) {
    let names = folder.files.filter(isEventFile)
    if !names.isEmpty {
      var found = EventFile()
      for name in names { try found.read(try ByteSource(path: "\(folder.path)/\(name)")) }
      if !found.isEmpty || !found.leftOut.isEmpty { places[place] = found }
    }
    guard depth > 0 else { return }
    for name in folder.folders {
      guard let inner = folder.folder(name) else { continue }
      try collect(inner, place.isEmpty ? name : "\(place)/\(name)", &places, depth: depth - 1)
    }
  }

  private static func merged(_ places: [String: EventFile]) -> [String: EventFile] {
    var merged: [String: EventFile] = [:]
    for (place, found) in places.sorted(by: { $0.key < $1.key }) {
      let parts = place.split(separator: "/").map(String.init)
      let parent = parts.dropLast().joined(separator: "/")
      if let scope = scopes[parts.last ?? ""] {
        merged[parent, default: EventFile()].take(found, scope: scope)
      } else if found.isOfHyperparametersAlone, merged[parent]?.parameters.isEmpty == true {
        merged[parent]?.take(found, scope: "")
      } else {
        merged[place, default: EventFile()].take(found, scope: "")
      }
    }
    return merged.filter { !$0.value.isEmpty || !$0.value.leftOut.isEmpty }
  }

  /// What the names of folders say that programs make for what they measure on which data.
  private static let scopes = [
    "train": "training", "training": "training", "validation": "validation", "val": "validation",
    "valid": "validation", "eval": "validation", "test": "test",
  ]

  private static func run(_ place: String, _ found: EventFile) -> TrackedRun {
    var run = TrackedRun(id: place, name: place)
    (run.series, run.histograms) = (found.series, found.histograms)
    run.parameters = found.parameters.mapValues(\.description)
    run.facts = found.texts
    run.status = found.status
    run.startedAt = found.firstTime.map { Date(timeIntervalSince1970: $0) }
    run.endedAt = found.lastTime.map { Date(timeIntervalSince1970: $0) }
    run.leftOut = found.leftOut
    return run
  }
}

extension HyperparameterValue: CustomStringConvertible {
  /// As a spec writes it; whole numbers without a decimal point, which the plugin does not keep.
  package var description: String {
    switch self {
    case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .text(let text): text
    case .bool(let bool): bool ? "true" : "false"
    }
  }
}
