internal import Archives
package import Foundation

/// Writes runs into one file to hand to somebody, see ``PackManifest``. Equal runs are equal bytes.
package struct RunPack {
  private let store: FolderStore
  private let manifest: PackManifest

  /// Every byte of the runs is compared with what was recorded.
  ///
  /// - Parameter verified: told how many runs have been read.
  /// - Throws: ``PackRefused`` where a run is damaged or trained now.
  package init(
    _ runs: [RunRecord], of store: FolderStore, verified: (Int) -> Void = { _ in }
  ) throws {
    self.store = store
    var (packed, reasons): ([PackManifest.Run], [String]) = ([], [])
    for (number, run) in runs.sorted(by: { $0.place < $1.place }).enumerated() {
      let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
      if RunLock.isHeld(folder.lock) { reasons.append("\(run.name) is trained now") }
      guard let verification = store.verify(run.id, experiment: run.experiment) else {
        throw StoreError.missing(path: folder.path, what: "run")
      }
      if let first = verification.findings.first {
        reasons.append("\(run.name) is damaged: \(first.file): \(first.reason)")
      }
      guard reasons.isEmpty else { continue }
      var files: [String: FileDigest] = [:]
      for name in folder.recordedFiles(try folder.state()) {
        files[name] = try RecordFile.digest(of: folder.file(name))
      }
      packed.append(PackManifest.Run(experiment: run.experiment, id: run.id, files: files))
      verified(number + 1)
    }
    guard reasons.isEmpty else { throw PackRefused(reasons: reasons) }
    manifest = PackManifest(runs: packed)
  }

  /// Bytes of all files.
  package var bytes: Int { manifest.entries.reduce(0) { $0 + $1.digest.bytes } }
  package var fileCount: Int { manifest.entries.count }

  /// - Parameters:
  ///   - write: takes the bytes of the archive in their order.
  ///   - progress: told how many files have been written.
  /// - Throws: what `write` throws, and ``StoreError`` where a file has changed meanwhile.
  package func write(
    _ write: @escaping (Data) throws -> Void, progress: (Int) -> Void = { _ in }
  ) throws {
    var archive = ZipWriter(write: write)
    try archive.add(PackManifest.entry, RecordJSON.encode(manifest))
    for (index, (name, digest)) in manifest.entries.enumerated() {
      let path = "\(store.root)/\(name)"
      guard let bytes = try RecordFile.read(path, atMost: digest.bytes), FileDigest(bytes) == digest
      else {
        throw StoreError.damaged(path: path, reason: "it was changed while it was packed")
      }
      try archive.add(name, bytes)
      progress(index + 1)
    }
    try archive.finish()
  }
}

/// Why runs are not packed, or a packed file is not taken: a sentence each.
package struct PackRefused: Error, Sendable, Hashable, CustomStringConvertible {
  package let reasons: [String]
  package var description: String { reasons.joined(separator: "\n") }
}
