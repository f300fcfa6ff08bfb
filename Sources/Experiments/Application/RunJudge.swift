internal import Datasets
import Foundation
internal import Measurements
internal import Tracking
internal import Training

/// Judges a recorded run once more, as its own evaluations were.
struct RunJudge {
  let trained: TrainedRun
  let store: FolderStore
  let threads: Int
  /// What is set otherwise than the run's spec has it, for the record.
  let overrides: [String]

  /// What the run is judged by.
  enum Subject: Equatable {
    /// Its own validation data.
    case validation
    /// A list of images and masks: as it was named, and from the root of the file system.
    case list(String, path: String)
  }

  /// - Parameters:
  ///   - name: what the series are named with: `test`.
  ///   - progress: told how many samples of how many were read or judged.
  /// - Returns: `nil` where `progress` said to stop. Nothing has been kept yet.
  func judge(
    _ subject: Subject, name: String, progress: (Progress) -> Control
  ) throws -> TestRecord? {
    let judged = try data(subject, progress)
    let evaluation = try Evaluation(
      trained.configuration(threads: threads), on: judged.dataset, input: trained.input,
      after: trained.step, values: trained.values)
    let count = judged.dataset.count
    let measurements = try evaluation.run { progress(.judging(done: $0, of: count)) }
    guard let measurements else { return nil }
    return TestRecord(
      try facts(subject, name: name, judged.fingerprints), measurements: measurements)
  }

  enum Progress {
    case reading(done: Int, of: Int)
    case judging(done: Int, of: Int)
  }

  private func data(
    _ subject: Subject, _ progress: (Progress) -> Control
  ) throws -> JudgedData {
    let configuration = trained.trial.dataConfiguration(results: store.root)
    let source: JudgedData.Source =
      switch subject {
      case .validation: .validation(seed: trained.trial.record.seed)
      case .list(_, let path): .list(path)
      }
    let judged = try JudgedData.load(
      source, configuration, input: trained.input,
      cacheBytes: trained.trial.spec.limits.cacheMemory ?? LimitsSection.standardCacheMemory
    ) { _ = progress(.reading(done: $0, of: $1)) }
    if subject == .validation { try requireRecorded(judged.fingerprints) }
    return judged
  }

  /// What is called validation data must be what the run was validated on.
  private func requireRecorded(_ present: [Fingerprint]) throws(Failure) {
    let recorded = trained.run.attempts.last?.data ?? []
    for fingerprint in present.map(DataFingerprint.init) {
      guard let before = recorded.first(where: { $0.name == fingerprint.name }),
        before != fingerprint
      else { continue }
      throw Failure(
        .badInput,
        "error: the \(fingerprint.name) data is not what \(trained.run.name) was validated on: put "
          + "it back, say where it lies now with --set data.root=FOLDER, or name what is to be judged "
          + "with --list")
    }
  }

  private func facts(
    _ subject: Subject, name: String, _ fingerprints: [Fingerprint]
  ) throws -> TestRecord.Facts {
    let list: String? = if case .list(let written, _) = subject { written } else { nil }
    return TestRecord.Facts(
      name: name, startedAt: Provenance.now, checkpoint: trained.checkpoint, list: list,
      data: fingerprints.map(DataFingerprint.init), overrides: overrides,
      build: try Provenance.build(), machine: Provenance.machine(), threads: threads)
  }
}
