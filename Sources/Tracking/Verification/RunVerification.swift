internal import Foundation
package import Measurements

/// What every byte of a record was found to be.
package struct RunVerification: Sendable {
  package let run: RunRecord
  /// Files that were read, and their bytes.
  package let files: Int
  package let bytes: Int
  /// Empty for a sound record. Sorted by file.
  package let findings: [RunFinding]
  /// Where the training would go on with what is sound; `nil` for the beginning.
  package let goesOnAfter: EvaluationPoint?
  /// The evaluations of a metrics file that is sound by its own digest, while nothing says any more that it is the
  /// run's; `nil` where the record has its history.
  package let looseEvaluations: Int?

  package var isSound: Bool { findings.isEmpty }

  /// Files that something is wrong with.
  var damagedFiles: Set<String> { Set(findings.map(\.file)) }

  /// The checkpoints whose weights can be used whatever else is damaged.
  package var usable: [CheckpointRecord] {
    let damaged = damagedFiles
    guard damaged.isDisjoint(with: [RunFolder.itself, RunFolder.checkpoints]) else { return [] }
    return run.keptCheckpoints.filter { !damaged.contains($0.file) }
  }

  /// Checkpoints that are damaged.
  package var damagedCheckpoints: [CheckpointRecord] {
    let usable = Set(usable)
    return run.keptCheckpoints.filter { !usable.contains($0) }
  }
}

extension FolderStore {
  /// Reads every file of a run and compares it with what was recorded of it.
  ///
  /// - Returns: `nil` where nothing is recorded.
  package func verify(_ id: String, experiment: String) -> RunVerification? {
    let reader = reader(id, experiment)
    guard let reading = reader.read(checksCheckpoints: true) else { return nil }
    let record = reader.record(reading)
    let folder = reader.folder
    let files = folder.recordedFiles(reading.state)
    var findings = reading.damage.map { damage in
      let (expected, found) = folder.digests(of: damage.file, reading.state)
      return RunFinding(
        file: damage.file, reason: damage.reason, expected: expected, found: found,
        isNewer: damage.isNewer)
    }
    let known = Set(findings.map(\.file))
    findings += folder.findingsBeside(files.filter { !known.contains($0) })
    let damaged = Set(findings.map(\.file))
    let points = reading.state?.soundCheckpoints(but: damaged).map(\.evaluation) ?? []
    return RunVerification(
      run: record, files: files.count,
      bytes: files.reduce(0) { $0 + FolderSize.of(folder.file($1)) },
      findings: findings.sorted { ($0.file, $0.reason) < ($1.file, $1.reason) },
      goesOnAfter: points.max { $0.step < $1.step },
      looseEvaluations: reading.state == nil ? folder.looseEvaluations : nil)
  }
}

extension RunState {
  /// Those that a training can go on from.
  fileprivate func soundCheckpoints(but damaged: Set<String>) -> [NamedCheckpoint] {
    guard !damaged.contains(RunFolder.checkpoints) else { return [] }
    return (checkpoints.values + [interim].compactMap(\.self)).filter {
      !damaged.contains($0.file) && !isDropped($0.file)
    }
  }
}

extension RunFolder {
  /// The SHA-256 that is recorded of a file, in the state or in itself, and the one that it has.
  fileprivate func digests(
    of name: String, _ state: RunState?
  ) -> (expected: String?, found: String?) {
    if let recorded = state?.files[name] ?? TestFiles(folder: self).digest(of: name) {
      return (recorded.sha256, (try? RecordFile.digest(of: file(name)))??.sha256)
    }
    guard name.hasSuffix(".json"), let bytes = try? read(name),
      let digests = RecordJSON.digests(in: bytes)
    else { return (nil, nil) }
    return (digests.carried, digests.computed)
  }

  fileprivate var looseEvaluations: Int? {
    guard let bytes = try? read(Self.metrics, atMost: MetricsFile.limit) else { return nil }
    return (try? MetricsFile.decode(bytes))?.rows.count
  }

  /// What is wrong with files that a record is read without: labels, the ends of earlier attempts, and what
  /// attempts said and took of the machine, which carries no digest and is only looked at.
  fileprivate func findingsBeside(_ files: [String]) -> [RunFinding] {
    files.compactMap { name in
      let path = file(name)
      do throws(StoreError) {
        if name == LabelsFile.name {
          _ = try LabelsFile(folder: self).read()
        } else if name.hasPrefix(Self.attempts), name.hasSuffix("/\(Self.result)") {
          guard let bytes = try read(name) else { return nil }
          _ = try RecordJSON.decode(StoredResult.self, bytes, path: path)
        } else {
          _ = try RecordFile.size(of: path)
        }
        return nil
      } catch {
        let (expected, found) = digests(of: name, nil)
        return RunFinding(
          file: name, reason: error.reason, expected: expected, found: found,
          isNewer: error.isNewer)
      }
    }
  }
}
