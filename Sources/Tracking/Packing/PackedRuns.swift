internal import Archives
internal import Foundation

/// Runs in a packed file, which may come from anywhere: nothing of it is among the records before every byte was
/// compared with its manifest, and the records with themselves.
///
/// Nothing in it is compressed, so that it cannot grow; what its names may be is decided here and not by the file.
package struct PackedRuns {
  private let bytes: Data
  private let manifest: PackManifest
  private let archive: ZipArchive
  private let path: String

  /// Reads what is in a file, and compares every byte with the manifest.
  ///
  /// - Parameter progress: told how many files have been compared.
  /// - Throws: ``PackRefused``, and ``StoreError`` where the file cannot be read.
  package init(
    file path: String, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    self.path = path
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let size: Int?
    do throws(StoreError) { size = try RecordFile.size(of: file.path) } catch {
      throw Self.refusal(path, error.reason)
    }
    guard size != nil else { throw Self.refusal(path, "there is no such file") }
    bytes = try Data(contentsOf: file, options: .alwaysMapped)
    let found = bytes.withUnsafeBytes { bytes in
      Result { () throws(ZipRefusal) in try ZipArchive(bytes) }
    }
    do throws(ZipRefusal) { archive = try found.get() } catch {
      throw Self.refusal(path, "no file that experiments pack wrote: \(error.reason.printable)")
    }
    guard let place = archive.entries[PackManifest.entry], place.count <= RecordFile.textLimit
    else { throw Self.refusal(path, "no file that experiments pack wrote: it has no manifest") }
    do throws(StoreError) {
      manifest = try RecordJSON.decode(PackManifest.self, bytes[place], path: path)
    } catch {
      throw Self.refusal(path, "\(PackManifest.entry): \(error.reason)")
    }
    let problems = problems(progress)
    guard problems.isEmpty else {
      throw PackRefused(reasons: problems.map { "\(path): \($0)" })
    }
  }

  package var count: Int { manifest.runs.count }
  package var byteCount: Int { manifest.entries.reduce(0) { $0 + $1.digest.bytes } }
  package var fileCount: Int { manifest.entries.count }

  private static func refusal(_ path: String, _ reason: String) -> PackRefused {
    PackRefused(reasons: ["\(path): \(reason)"])
  }

  /// The first few files that are not those of the manifest.
  private func problems(_ progress: (Int, Int) -> Void) -> [String] {
    let entries = manifest.entries
    let named = Set(entries.map(\.name) + [PackManifest.entry])
    var problems = archive.names.filter { !named.contains($0) }.prefix(3).map { name in
      "'\(name.printable)' is not in its manifest"
    }
    for (index, (name, digest)) in entries.enumerated() where problems.count < 8 {
      guard let place = archive.entries[name] else {
        problems.append("'\(name)' is missing")
        continue
      }
      let file = bytes[place]
      if file.count != digest.bytes {
        problems.append("'\(name)' has \(file.count) bytes, not \(digest.bytes)")
      } else if CRC32.checksum(of: file) != archive.checksums[name] || FileDigest(file) != digest {
        problems.append("'\(name)': its SHA-256 is not the one that was recorded")
      }
      progress(index + 1, entries.count)
    }
    return problems
  }

  /// Puts the runs among the records: all of them, or none where one is refused.
  ///
  /// - Parameter check: what else may be wrong with a record; `nil` where nothing is.
  /// - Returns: what became of each run, in their order.
  /// - Throws: ``PackRefused`` where a run is not sound, or another is recorded under its id.
  package func unpack(
    into store: FolderStore, check: (RunRecord) -> String?
  ) throws -> [UnpackedRun] {
    let scratch = try ScratchStore(for: manifest.runs[0].id, beside: store.root)
    defer { withExtendedLifetime(scratch) {} }
    var (unpacked, reasons): ([UnpackedRun], [String]) = ([], [])
    for run in manifest.runs {
      try write(run, into: scratch.store)
      guard let verification = scratch.store.verify(run.id, experiment: run.experiment) else {
        reasons.append("\(run.experiment)/\(run.id) is no run")
        continue
      }
      let record = verification.run
      let problem =
        verification.findings.first.map { "\($0.file): \($0.reason)" }
        ?? (record.trial.experiment == run.experiment
          ? check(record) : "it is a run of \(record.trial.experiment.printable)")
      if let problem {
        reasons.append("\(record.name.printable) is not sound: \(problem)")
        continue
      }
      let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
      let isThere = RecordFile.exists(folder.path)
      if isThere, !isSame(run, folder) {
        reasons.append("\(record.name) is recorded already, and with other content")
      }
      unpacked.append(UnpackedRun(run: record, wasThere: isThere))
    }
    guard reasons.isEmpty else { throw PackRefused(reasons: reasons.map { "\(path): \($0)" }) }
    for (run, index) in zip(manifest.runs, unpacked.indices) where !unpacked[index].wasThere {
      unpacked[index].lostName = try store.clearTakenName(of: run, in: scratch.store)
      try store.take(run, from: scratch.store)
    }
    return unpacked
  }

  private func write(_ run: PackManifest.Run, into store: FolderStore) throws {
    let operations = store.operations
    let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
    try operations.makeFolder(folder.path)
    for (name, _) in run.files.sorted(by: { $0.key < $1.key }) {
      guard let place = archive.entries["\(PackManifest.folder(of: run))/\(name)"] else { continue }
      try operations.makeFolder(parentFolder(of: folder.file(name)))
      try operations.write(bytes[place], to: folder.file(name))
    }
    let folders = Set(run.files.keys.map { parentFolder(of: folder.file($0)) }).sorted()
    for name in folders { try operations.synchronize(folder: name) }
  }

  /// Whether what was trained and measured is the same. What was said of it since does not count, nor which weights are
  /// kept.
  private func isSame(_ run: PackManifest.Run, _ folder: RunFolder) -> Bool {
    [RunFolder.specification, RunFolder.metrics, RunFolder.result].allSatisfy { name in
      (try? RecordFile.digest(of: folder.file(name))) == run.files[name]
    }
  }
}

/// A run of a packed file that is among the records now.
package struct UnpackedRun: Sendable {
  package let run: RunRecord
  /// True where it was among them before, and stayed as it was.
  package let wasThere: Bool
  /// The name that it has not any more, because another run of the experiment has it.
  package fileprivate(set) var lostName: String?
}

extension FolderStore {
  fileprivate func clearTakenName(
    of run: PackManifest.Run, in scratch: FolderStore
  ) throws -> String? {
    let folder = RunFolder(root: scratch.root, experiment: run.experiment, id: run.id)
    guard let name = try LabelsFile(folder: folder).read().name,
      try owner(of: name, experiment: run.experiment, but: run.id) != nil
    else { return nil }
    _ = try scratch.label(run.id, experiment: run.experiment, .name(nil))
    return name
  }

  /// Moves a run that was written beside the records among them, at once.
  fileprivate func take(_ run: PackManifest.Run, from scratch: FolderStore) throws(StoreError) {
    let source = RunFolder(root: scratch.root, experiment: run.experiment, id: run.id)
    let target = RunFolder(root: root, experiment: run.experiment, id: run.id)
    try operations.makeFolder(parentFolder(of: target.path))
    _ = try AtomicFile(operations: operations).createOnce(
      "\(target.experimentFolder)/\(RunFolder.experimentFile)",
      RecordJSON.encode(ExperimentFile(experiment: run.experiment)))
    try operations.rename(source.path, to: target.path)
    try operations.synchronize(folder: parentFolder(of: target.path))
  }
}
