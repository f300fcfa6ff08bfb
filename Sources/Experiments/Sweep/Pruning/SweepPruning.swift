internal import Datasets
import Foundation
internal import Groundwork
internal import Sampling
internal import Tracking

/// All that decides which trials of a sweep end before their time, but for their results: the same for
/// whoever schedules the trials and for whoever trains one of them.
struct SweepPruning: Sendable {
  /// A trial as its pruner knows it.
  struct Member: Sendable, Hashable, Codable {
    let id: String
    /// Its point of the sweep: trials of one point are compared together.
    let point: Int
    /// Where it is planned to end.
    let planned: Double
  }

  let pruner: SweepPruner
  let experiment: String
  let objective: Objective
  let unit: PruningUnit
  /// By point.
  let members: [Member]
  /// The first point of the batch of each point, where results decide what is tried; else `nil`.
  let batches: [Int]?

  /// - Returns: `nil` where the plan's sweep prunes nothing.
  init?(_ plan: TrialPlan) {
    guard let pruner = plan.pruner, let first = plan.trials.first else { return nil }
    self.pruner = pruner
    (experiment, objective) = (plan.experiment, plan.objective)
    unit = PruningUnit(first.spec.training.duration)
    members = plan.trials.map { trial in
      let planned =
        switch trial.spec.training.duration {
        case .epochs(let count), .iterations(let count): Double(count)
        }
      return Member(id: trial.id, point: trial.record.point, planned: planned)
    }
    batches = plan.growth.map { growth in
      (0..<plan.points).map { growth.points.batch(of: $0)?.lowerBound ?? 0 }
    }
  }
}

extension SweepPruning {
  /// What a worker is given.
  private struct File: Codable {
    let pruner: String
    let experiment: String
    let objective: Objective
    let unit: PruningUnit
    let members: [Member]
    let batches: [Int]?
  }

  func write(to path: String) throws {
    let file = File(
      pruner: pruner.canonical.text, experiment: experiment, objective: objective, unit: unit,
      members: members, batches: batches)
    try JSONEncoder().encode(file).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  init(reading path: String) throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
    pruner = try SweepPruner(canonical: file.pruner, objective: file.objective)
    (experiment, objective, unit) = (file.experiment, file.objective, file.unit)
    (members, batches) = (file.members, file.batches)
  }
}
