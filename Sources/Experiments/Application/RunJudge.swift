internal import Datasets
import Foundation
internal import Measurements
internal import Tracking
internal import Training

/// Judges recorded runs once more, as the evaluations of the first were: one run, or several together.
struct RunJudge {
  let runs: TrainedRuns
  let store: FolderStore
  let threads: Int
  /// What is set otherwise than the spec of the first has it, for the record.
  let overrides: [String]
  /// How large the pixels of images are that do not say it; `nil` where that was not stated.
  var pixel: PixelExtent?

  /// What the runs are judged by.
  enum Subject: Equatable {
    /// Their own validation data.
    case validation
    /// Lists of images and masks: as people named them, and from the root of the file system.
    case list(String, SampleSources)
  }

  /// - Parameters:
  ///   - data: as ``data(_:progress:)`` gives it.
  ///   - name: what the series are named with: `test`.
  ///   - progress: told how many samples were judged; says whether to go on.
  /// - Returns: `nil` where `progress` said to stop. Nothing has been kept yet.
  func judge(
    _ subject: Subject, _ data: JudgedData, name: String, progress: (_ done: Int) -> Control
  ) throws -> TestRecord? {
    let evaluation = try Evaluation(
      runs.networks(threads: threads), on: data.dataset, after: runs.first.step)
    guard let measurements = try evaluation.run(progress: { progress($0) }) else { return nil }
    return TestRecord(
      try facts(subject, name: name, data.fingerprints), measurements: measurements)
  }

  /// Reads what the runs are judged by.
  ///
  /// - Parameter progress: told how many samples of how many were read.
  func data(
    _ subject: Subject, progress: (_ done: Int, _ all: Int) -> Void
  ) throws -> JudgedData {
    let trial = runs.first.trial
    let source: JudgedData.Source =
      switch subject {
      case .validation: .validation(seed: trial.record.seed)
      case .list(_, let sources): .list(sources)
      }
    let judged = try JudgedData.load(
      source, trial.dataConfiguration(results: store.root), input: runs.first.input,
      pixel: pixel.map { StatedExtent(unit: $0.unit, height: $0.height, width: $0.width) },
      cacheBytes: trial.spec.limits.keptImages, progress: progress)
    if subject == .validation { try requireRecorded(judged.fingerprints) }
    return judged
  }

  /// What is called validation data must be what the runs were validated on.
  private func requireRecorded(_ present: [Fingerprint]) throws(Failure) {
    for run in runs.all.map(\.run) {
      let recorded = run.attempts.last?.data ?? []
      for fingerprint in present.map(DataFingerprint.init) {
        guard let before = recorded.first(where: { $0.name == fingerprint.name }),
          before != fingerprint
        else { continue }
        let remedy =
          runs.isEnsemble
          ? "name what is to be judged with --test or --list"
          : "put it back, say where it lies now with --set data.root=FOLDER, or name what is to be "
            + "judged with --list"
        throw Failure(
          .badInput,
          "error: the \(fingerprint.name) data is not what \(run.name) was validated on: \(remedy)")
      }
    }
  }

  private func facts(
    _ subject: Subject, name: String, _ fingerprints: [Fingerprint]
  ) throws -> TestRecord.Facts {
    let list: String? = if case .list(let written, _) = subject { written } else { nil }
    var facts = TestRecord.Facts(
      name: name, startedAt: Provenance.now, checkpoint: runs.first.checkpoint, list: list,
      data: fingerprints.map(DataFingerprint.init), overrides: overrides,
      build: try Provenance.build(), machine: Provenance.machine(), threads: threads)
    facts.pixelSize = pixel?.text
    if runs.isEnsemble {
      facts.members = runs.all.map {
        .init(run: $0.run.name, id: $0.run.id, checkpoint: $0.checkpoint)
      }
    }
    return facts
  }
}
