package import Foundation
internal import HDF5

/// Runs with everything that is recorded of them in one HDF5 file.
///
/// ```
/// /runs/00001                attributes name, experiment, number, id, status, seed
///   trial, provenance, result, labels   records in JSON, as the files of a run have them
///   metrics/…                   series with their attributes and scales, as in metrics.h5
///   tests/0001/{facts, metrics/…}
///   previews/…                  as in a run's file of previews
///   checkpoints/step-….h5       the bytes of a checkpoint's file; attributes names, step, epoch
/// ```
///
/// Equal runs are equal bytes.
package enum RunBundle {
  static let format = "experiments bundle"
  static let version = 1
  /// In bytes.
  package static let limit = 1 << 36

  /// - Parameter weights: whether checkpoints are among it.
  package static func encode(
    _ runs: [RunRecord], of store: FolderStore, weights: Bool, program: String
  ) throws -> Data {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: format)
    try file.root.setAttribute("format_version", to: version)
    try file.root.setAttribute("program", to: program)
    let groups = try file.root.createGroup("runs")
    for (number, run) in runs.enumerated() {
      let group = try groups.createGroup(name(number + 1, digits: 5))
      let contents = try store.contents(of: run, weights: weights)
      try group.setAttribute("name", to: run.name)
      try group.setAttribute("experiment", to: run.experiment)
      try group.setAttribute("number", to: run.number)
      try group.setAttribute("id", to: run.id)
      try group.setAttribute("status", to: run.status.word)
      try group.setAttribute("seed", to: "\(run.trial.seed)")
      try BundledRun.write(contents, in: group)
    }
    return VouchedImage.bytes(of: try file.image())
  }

  /// - Throws: ``StoreError/damaged(path:reason:)`` where it is no bundle, or not the one that was written.
  package static func decode(_ bytes: Data, path: String = "the bundle") throws(StoreError)
    -> [RunContents]
  {
    do {
      let root = try HDF5File(image: VouchedImage.image(in: bytes)).root
      try root.requireFormat(format, version: version)
      let groups = try root.group("runs")
      return try groups.names().sorted().map { try BundledRun.read(groups.group($0), path) }
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.damaged(path: path, reason: "\(error)")
    }
  }

  /// True where a file begins as HDF5 does.
  package static func isOne(_ start: some Sequence<UInt8>) -> Bool {
    start.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  /// Sorts as the numbers do.
  static func name(_ number: Int, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
