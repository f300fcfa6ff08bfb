internal import Datasets
internal import Groundwork
internal import Tracking
internal import Training

/// A trained run, or an ensemble: several that are asked about the same images, whose predictions are
/// averaged.
struct TrainedRuns {
  /// Says how images are read, shown and judged.
  let first: TrainedRun
  let others: [TrainedRun]

  init(_ run: TrainedRun) { (first, others) = (run, []) }

  /// - Throws: ``Failure`` where they cannot be asked about the same images.
  init(_ runs: [TrainedRun]) throws(Failure) {
    (first, others) = (runs[0], Array(runs.dropFirst()))
    if isEnsemble, first.trial.spec.task.findsObjects {
      throw Failure(
        .usage,
        "error: \(first.run.name) finds objects itself, and what several find cannot be averaged: name one "
          + "run")
    }
    for run in others {
      guard let difference = first.difference(from: run) else { continue }
      throw Failure(
        .usage,
        "error: \(first.run.name) and \(run.run.name) cannot be asked together: their \(difference) "
          + "differ; name runs that differ in their seed, fold, template, losses or solver alone")
    }
  }

  var all: [TrainedRun] { [first] + others }
  var isEnsemble: Bool { !others.isEmpty }

  /// `nuclei/1`, `nuclei/1 and 2 others`.
  var name: String {
    isEnsemble
      ? "\(first.run.name) and \(Units.count(others.count, "other"))" : first.run.name
  }

  func networks(threads: Int) -> TrainedNetworks {
    TrainedNetworks(
      first: first.network(threads: threads), others: others.map { $0.network(threads: threads) })
  }
}

extension TrainedRun {
  /// What keeps two runs from being asked about the same images, in words; `nil` where nothing does.
  fileprivate func difference(from other: TrainedRun) -> String? {
    let (ours, theirs) = (trial.spec, other.trial.spec)
    let pixels = (input.normalizer.pixels, other.input.normalizer.pixels)
    let checks: [(name: String, agrees: Bool)] = [
      (
        "tasks",
        ours.task.name == theirs.task.name
          && ours.task.reading.settings == theirs.task.reading.settings
      ),
      ("classes", input.classes == other.input.classes),
      ("channels", ours.data.stack == theirs.data.stack),
      (
        "sizes or patches",
        ours.data.geometry == theirs.data.geometry && input.extent == other.input.extent
      ),
      ("pixels", pixels.0.depth == pixels.1.depth && ours.data.noData == theirs.data.noData),
    ]
    return checks.first { !$0.agrees }?.name
  }
}
