package import Foundation

/// Runs as files under a results folder, see ``RunFolder``.
///
/// The folders are the only truth: nothing is held in memory, and any number of processes may read and
/// write at once.
package struct FolderStore: RunStore {
  /// The results folder; made when the first trial is prepared.
  package let root: String
  let operations: any FileOperations

  /// - Parameter waitsForDisk: whether what is written is on the disk before it counts; without it a
  ///   power cut may lose it.
  package init(root: String, waitsForDisk: Bool = true) {
    self.init(root: root, operations: SystemFiles(waitsForDisk: waitsForDisk))
  }

  init(root: String, operations: any FileOperations) {
    self.root = root
    self.operations = operations
  }

  package func experiments() throws(StoreError) -> [String] {
    try subfolders(of: root).filter { name in
      access("\(root)/\(name)/\(RunFolder.trials)", F_OK) == 0
    }
  }

  package func runs(of experiment: String?) throws(StoreError) -> [RunRecord] {
    var runs: [RunRecord] = []
    let selected = if let experiment { [experiment] } else { try experiments() }
    for name in selected {
      let found = parallelMap(try ids(of: name)) { reader($0, name).record() }
      runs += found.compactMap(\.self).sorted { ($0.number, $0.id) < ($1.number, $1.id) }
    }
    return runs
  }

  /// The names of an experiment's folders of runs.
  func ids(of experiment: String) throws(StoreError) -> [String] {
    let trials = "\(root)/\(experiment)/\(RunFolder.trials)"
    var ids: [String] = []
    for prefix in try subfolders(of: trials) { ids += try subfolders(of: "\(trials)/\(prefix)") }
    return ids
  }

  package func run(_ id: String, experiment: String) throws(StoreError) -> RunRecord? {
    reader(id, experiment).record()
  }

  /// The same but for what is neither listed nor compared: each ``LongTable``.
  func listedRun(_ id: String, experiment: String) -> RunRecord? {
    var reader = reader(id, experiment)
    reader.skipsTables = true
    return reader.record()
  }

  package func prepare(_ trial: TrialRecord, id: String) throws(StoreError) {
    let folder = RunFolder(root: root, experiment: trial.experiment, id: id)
    if try adopt(trial, in: folder) { return }
    let files = AtomicFile(operations: operations)
    try operations.makeFolder(folder.path)
    _ = try files.createOnce(
      "\(folder.experimentFolder)/\(RunFolder.experimentFile)",
      RecordJSON.encode(ExperimentFile(experiment: trial.experiment)))
    // The spec as JSON is written last: where it is, the record is whole.
    try files.replace(
      folder.file(RunFolder.writtenSpecification), with: Data(trial.writtenSpec.utf8))
    let isFirst = try files.createOnce(
      folder.file(RunFolder.specification), RecordJSON.encode(trial))
    if !isFirst { _ = try adopt(trial, in: folder) }
  }

  package func open(_ id: String, experiment: String) throws(StoreError) -> any RunWriter {
    try FolderRunWriter(reader(id, experiment), AtomicFile(operations: operations))
  }

  package func checkpoint(
    _ name: String, of run: RunRecord
  ) throws(StoreError) -> CheckpointContents {
    try checkpoint(name, of: run) { folder, checkpoint throws(StoreError) in
      try folder.readCheckpoint(checkpoint.file, checkpoint.digest, at: checkpoint.evaluation)
    }
  }

  /// The bytes of a checkpoint's file, after they were found to be those that were written.
  package func checkpointFile(_ name: String, of run: RunRecord) throws(StoreError) -> Data {
    try checkpoint(name, of: run) { folder, checkpoint throws(StoreError) in
      try folder.read(checkpoint.file, expecting: checkpoint.digest)
    }
  }

  private func checkpoint<Content>(
    _ name: String, of run: RunRecord,
    read: (RunFolder, CheckpointRecord) throws(StoreError) -> Content
  ) throws(StoreError) -> Content {
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    var known: CheckpointRecord?
    while true {
      let current = try self.run(run.id, experiment: run.experiment)
      guard let checkpoint = current?.checkpoints.first(where: { $0.name == name }) else {
        throw StoreError.missing(path: folder.path, what: "checkpoint '\(name)'")
      }
      guard current?.isDropped(checkpoint) != true else {
        throw StoreError.dropped(path: folder.path, checkpoint: name, run: run.name)
      }
      do throws(StoreError) {
        return try read(folder, checkpoint)
      } catch {
        // A writer may have gone on meanwhile and removed the file.
        if checkpoint == known { throw error }
        known = checkpoint
      }
    }
  }

  package func previews(of run: RunRecord) throws(StoreError) -> PreviewRecord? {
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    var known: RunState?
    while true {
      let state = reader(run.id, run.experiment).read()?.state
      do throws(StoreError) {
        return try state.flatMap { state throws(StoreError) in try folder.readPreviews(state) }
      } catch {
        // A writer may have gone on meanwhile and removed the file.
        if state == known { throw error }
        known = state
      }
    }
  }

  package func damage(of run: RunRecord) throws(StoreError) -> [String] {
    let reading = reader(run.id, run.experiment).read(checksCheckpoints: true)
    return reading?.damage.map { "\($0.file): \($0.reason)" } ?? []
  }

  package func logPath(_ id: String, experiment: String, attempt: Int) -> String? {
    RunFolder(root: root, experiment: experiment, id: id).file(RunFolder.log(attempt))
  }

  /// The folder that a run's record is, or would be.
  package func folder(of id: String, experiment: String) -> String {
    RunFolder(root: root, experiment: experiment, id: id).path
  }

  package func checkWritable() throws(StoreError) {
    try operations.makeFolder(root)
    let probe = "\(root)/.\(UUID().uuidString)"
    try operations.write(Data("writable".utf8), to: probe)
    let lock = Result { () throws(StoreError) in try RunLock(probe) }
    try operations.remove(probe)
    _ = try lock.get()
  }

  func reader(_ id: String, _ experiment: String) -> RunReader {
    RunReader(
      folder: RunFolder(root: root, experiment: experiment, id: id), experiment: experiment, id: id)
  }

  /// Completes the folder of a trial that is recorded already.
  ///
  /// - Returns: `false` where it is not recorded.
  private func adopt(_ trial: TrialRecord, in folder: RunFolder) throws(StoreError) -> Bool {
    guard let bytes = try folder.read(RunFolder.specification) else { return false }
    let path = folder.file(RunFolder.specification)
    let recorded = try RecordJSON.decode(TrialRecord.self, bytes, path: path)
    if let difference = trial.difference(from: recorded) {
      throw StoreError.otherContent(path: folder.path, difference: difference)
    }
    if !folder.exists(RunFolder.state) {
      // Whoever came second may have left the text of another spec.
      let written = Data(recorded.writtenSpec.utf8)
      if try folder.read(RunFolder.writtenSpecification) != written {
        try AtomicFile(operations: operations).replace(
          folder.file(RunFolder.writtenSpecification), with: written)
      }
    }
    return true
  }

  /// The names of the folders in a folder, sorted, without those that begin with a dot; none where
  /// there is no such folder.
  private func subfolders(of folder: String) throws(StoreError) -> [String] {
    guard let listing = FolderListing(folder) else {
      if errno == ENOENT { return [] }
      throw StoreError.system(path: folder, action: "list", code: errno)
    }
    return listing.folders.filter { !$0.hasPrefix(".") }.sorted()
  }
}

extension CheckpointRecord {
  fileprivate var digest: FileDigest { FileDigest(bytes: bytes, sha256: sha256) }
}

/// The content of `experiment.json`.
struct ExperimentFile: Codable {
  var experiment: String
}
