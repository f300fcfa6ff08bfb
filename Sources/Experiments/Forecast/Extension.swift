internal import Datasets
import Foundation
internal import Groundwork
internal import Measurements
import Tracking
internal import Training

/// `--set training.epochs=+20`: trials that go on from the ends of finished runs, for so much longer.
struct Extension: Sendable, Hashable {
  /// `epochs` or `iterations`.
  let unit: String
  let amount: Int

  /// `nil` where an override sets a value, as most do.
  init?(_ override: String) {
    for unit in ["epochs", "iterations"] {
      let start = "training.\(unit)=+"
      guard override.hasPrefix(start), let amount = Int(override.dropFirst(start.count)),
        (1...TrainingSection.maximumDuration).contains(amount)
      else { continue }
      (self.unit, self.amount) = (unit, amount)
      return
    }
    return nil
  }

  fileprivate func duration(after end: EvaluationPoint) -> TrainingInterval {
    unit == "epochs"
      ? .epochs(Int(end.epoch.rounded(.up)) + amount) : .iterations(end.step + amount)
  }
}

extension InspectedPlan {
  /// The trials of the plan, which must be finished, and behind them those that go on from their ends.
  ///
  /// - Throws: ``Failure`` where a trial is not finished.
  func extended(by longer: Extension, in store: FolderStore) throws -> InspectedPlan {
    var trials = plan.trials
    for trial in plan.trials {
      guard let run = try store.run(trial.id, experiment: plan.experiment),
        run.status == .finished, let end = run.checkpoint("last")
      else {
        throw Failure(
          .usage,
          "error: \(plan.experiment)/\(trial.record.number) is not trained to its end yet, so that "
            + "there is nothing to go on from: run the spec without +\(longer.amount) first")
      }
      guard !run.isDropped(end) else {
        throw StoreError.dropped(
          path: store.folder(of: run.id, experiment: run.experiment), checkpoint: end.name,
          run: run.name)
      }
      trials.append(
        trial.continued(
          from: RunCheckpoint(experiment: run.experiment, id: run.id, checkpoint: end.name),
          end, for: longer.duration(after: end.evaluation), number: trials.count + 1, in: store))
    }
    var extended = TrialPlan(plan, trials: trials)
    // What goes on has been chosen.
    extended.pruner = nil
    return InspectedPlan(plan: extended, inspections: inspections + inspections)
  }
}

extension Trial {
  fileprivate func continued(
    from checkpoint: RunCheckpoint, _ end: CheckpointRecord, for duration: TrainingInterval,
    number: Int, in store: FolderStore
  ) -> Trial {
    var (spec, record) = (spec, record)
    spec.training.duration = duration
    spec.training.continues = ContinuedRun(
      run: "\(checkpoint)", sha256: end.sha256,
      location: Path.absolute(
        "\(store.folder(of: checkpoint.id, experiment: checkpoint.experiment))/\(end.file)",
        in: FileManager.default.currentDirectoryPath))
    let resolved = ResolvedSpec(spec)
    record.number = number
    record.hyperparameters.append(
      Hyperparameter(path: "training.\(ContinuedRun.key)", text: checkpoint.shortName))
    (record.resolvedSpec, record.settingsID) = (resolved.text, resolved.settingsID)
    return Trial(record: record, spec: spec)
  }
}
