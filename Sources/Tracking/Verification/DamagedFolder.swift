internal import Foundation

/// Where files go that are not what was written: `results/.damaged`, laid out as the results folder is, with a folder
/// for each repair. Nothing in there is read any more, and nothing of it is ever removed by this program.
///
/// ```
/// results/.damaged/2026-05-01T12-00-00Z-<uuid>/<experiment>/trials/<id[0..<2]>/<id>/metrics.h5
/// ```
package struct DamagedFolder: Sendable {
  static let name = ".damaged"

  private let root: String
  private let operations: any FileOperations
  /// Of this repair.
  package let path: String

  package init(of store: FolderStore) {
    (root, operations) = (store.root, store.operations)
    path = "\(store.root)/\(Self.name)/\(Trash.newName())"
  }

  /// Moves a file or a folder of the results folder here, as it is; a link itself and not what it leads to.
  func take(_ source: String) throws(StoreError) {
    guard RecordFile.exists(source) else { return }
    let target = path + source.dropFirst(root.count)
    try operations.makeFolder(parentFolder(of: target))
    try operations.rename(source, to: target)
    for folder in [parentFolder(of: target), parentFolder(of: source)] {
      try operations.synchronize(folder: folder)
    }
  }

  /// Moves files of an experiment that ``FolderStore/verifyFiles(of:)`` found here. Its name is written anew; its
  /// plan is when its spec is run next.
  package func take(_ findings: [RunFinding], of experiment: String) throws(StoreError) {
    for finding in findings where !finding.isNewer {
      try take("\(root)/\(experiment)/\(finding.file)")
      guard finding.file == RunFolder.experimentFile else { continue }
      _ = try AtomicFile(operations: operations).createOnce(
        "\(root)/\(experiment)/\(finding.file)",
        RecordJSON.encode(ExperimentFile(experiment: experiment)))
    }
  }
}
