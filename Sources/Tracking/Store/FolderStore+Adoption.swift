internal import Foundation

extension FolderStore {
  package enum Adoption: Sendable, Equatable {
    case added
    case replaced
    /// An equal record was there.
    case wasThere
  }

  /// Takes a run that was recorded elsewhere. It is written beside the records and then moved among them: it
  /// is there whole or not at all.
  ///
  /// - Parameter replaces: whether an imported run of the same id gives way.
  /// - Throws: ``StoreError/otherContent(path:difference:)`` where another record has the id.
  package func adopt(_ contents: RunContents, replaces: Bool = false) throws(StoreError) -> Adoption
  {
    let folder = RunFolder(root: root, experiment: contents.trial.experiment, id: contents.id)
    let recorded = try run(contents.id, experiment: contents.trial.experiment)
    if let recorded {
      if recorded.trial == contents.trial,
        recorded.history?.contentDigest == contents.history?.contentDigest
      {
        return .wasThere
      }
      guard replaces, recorded.origin != nil else {
        throw StoreError.otherContent(path: folder.path, difference: "what was measured")
      }
    }
    let scratch = try ScratchStore(for: contents.id, beside: root)
    try scratch.store.write(contents)
    try scratch.store.write(labels(of: contents), contents)
    let written = RunFolder(
      root: scratch.store.root, experiment: contents.trial.experiment, id: contents.id)
    try operations.makeFolder(parentFolder(of: folder.path))
    _ = try AtomicFile(operations: operations).createOnce(
      "\(folder.experimentFolder)/\(RunFolder.experimentFile)",
      RecordJSON.encode(ExperimentFile(experiment: contents.trial.experiment)))
    if recorded != nil {
      // What gives way lies in the scratch store then, and goes with it.
      try operations.rename(folder.path, to: "\(scratch.store.root)/replaced")
    }
    try operations.rename(written.path, to: folder.path)
    try operations.synchronize(folder: parentFolder(of: folder.path))
    return recorded == nil ? .added : .replaced
  }

  /// Those that it has now, or else those that it comes with, without a name that another run has.
  private func labels(of contents: RunContents) throws(StoreError) -> RunLabels {
    let experiment = contents.trial.experiment
    let folder = RunFolder(root: root, experiment: experiment, id: contents.id)
    if let known = try? LabelsFile(folder: folder).read(), !known.isEmpty { return known }
    var labels = contents.labels
    if let name = labels.name,
      try owner(of: name, experiment: experiment, but: contents.id) != nil
    {
      labels.name = nil
    }
    return labels
  }

  private func write(_ labels: RunLabels, _ contents: RunContents) throws(StoreError) {
    guard !labels.isEmpty else { return }
    let folder = RunFolder(root: root, experiment: contents.trial.experiment, id: contents.id)
    try AtomicFile(operations: operations).replace(
      folder.file(LabelsFile.name), with: RecordJSON.encode(labels))
  }

  /// Writes a record as the attempts wrote it, one after the other.
  private func write(_ contents: RunContents) throws(StoreError) {
    let experiment = contents.trial.experiment
    try prepare(contents.trial, id: contents.id)
    var writer = try folderWriter(contents.id, experiment)
    for provenance in contents.attempts.sorted(by: { $0.attempt < $1.attempt }) {
      // An attempt that ended before it recorded anything has a number all the same.
      // Nobody else may hold a writer when the next one is made: it holds the lock.
      while let number = writer?.attempt, number < provenance.attempt {
        _ = try writer?.prepareLog()
        writer = nil
        writer = try folderWriter(contents.id, experiment)
      }
      try writer?.beginAttempt(provenance)
      guard provenance != contents.attempts.last else { break }
      writer = nil
      writer = try folderWriter(contents.id, experiment)
    }
    if contents.attempts.isEmpty { try writer?.beginImport() }
    if let history = contents.history {
      for checkpoint in contents.checkpoints { try writer?.take(checkpoint) }
      try writer?.commit(
        history, checkpoint: nil, isBest: false, isLast: false, previews: contents.previews)
    }
    if let result = contents.result { try writer?.finish(result) }
    let tests = TestFiles(
      folder: RunFolder(root: root, experiment: experiment, id: contents.id))
    for test in contents.tests { _ = try tests.add(test, operations) }
  }

  private func folderWriter(
    _ id: String, _ experiment: String
  ) throws(StoreError) -> FolderRunWriter? {
    try open(id, experiment: experiment) as? FolderRunWriter
  }
}
