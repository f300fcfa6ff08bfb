internal import Foundation

/// What lies in a packed file: `manifest.json`, its first entry, with the digest of every other one.
///
/// A packed file is a zip archive that compresses nothing, laid out as a results folder, so that any tool opens it.
///
/// ```
/// manifest.json
/// <experiment>/trials/<id[0..<2]>/<id>/…    the files of each run, byte for byte
/// ```
struct PackManifest: Codable, Hashable {
  var runs: [Run]

  struct Run: Codable, Hashable {
    var experiment: String
    var id: String
    /// By path in the run's folder.
    var files: [String: FileDigest]
  }

  static let entry = "manifest.json"
  /// No packed file has more runs.
  static let mostRuns = 100_000

  /// Every entry of the archive but the manifest, sorted.
  var entries: [(name: String, digest: FileDigest)] {
    runs.flatMap { run in
      run.files.map { ("\(Self.folder(of: run))/\($0.key)", $0.value) }
    }.sorted { $0.0 < $1.0 }
  }

  static func folder(of run: Run) -> String {
    "\(run.experiment)/\(RunFolder.trials)/\(run.id.prefix(2))/\(run.id)"
  }
}

extension PackManifest: PlausibleRecord {
  var problem: String? {
    if runs.isEmpty || runs.count > Self.mostRuns { return "it is of \(runs.count) runs" }
    for run in runs {
      if !Self.isExperiment(run.experiment) {
        return "it has an experiment '\(run.experiment.printable)'"
      }
      if !Self.isID(run.id) { return "it has a run '\(run.id.printable)'" }
      for (name, digest) in run.files {
        if !RunFolder.isPackable(name) {
          return "it names '\(name.printable)', which no run has"
        }
        if !PlausibleNumbers.counts.contains(digest.bytes) {
          return "'\(name)' has \(digest.bytes) bytes"
        }
      }
      if run.files[RunFolder.specification] == nil { return "a run of it has no spec" }
    }
    let places = runs.map { Self.folder(of: $0) }
    return Set(places).count == places.count ? nil : "it has a run twice"
  }

  /// A name that is one part of a path, and cannot steer a terminal.
  private static func isExperiment(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255 && !name.hasPrefix(".") && !name.contains("/")
      && !name.unicodeScalars.contains { $0.isUnprintable }
  }

  private static func isID(_ id: String) -> Bool {
    id.utf8.count == 16 && id.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }
}
