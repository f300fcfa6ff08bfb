internal import Datasets
import Foundation
import Measurements
import Tracking

/// Decides, after each evaluation of a worker, whether its trial goes on: by what its sweep's pruner says of
/// it and of the records of the others.
struct PruningGate {
  private let pruning: SweepPruning?
  private let store: FolderStore
  private let experiment: String
  private let id: String
  private let deadline: Double?

  /// - Parameters:
  ///   - pruning: `nil` where nothing is pruned.
  ///   - deadline: seconds of ``Uptime``, from which on no trial goes on.
  init(
    _ pruning: SweepPruning?, store: FolderStore, experiment: String, id: String, deadline: Double?
  ) {
    (self.pruning, self.deadline) = (pruning, deadline)
    (self.store, self.experiment, self.id) = (store, experiment, id)
  }

  enum Decision: Equatable {
    case goesOn
    /// It goes on later.
    case waits
    case ends(PruningRecord)
  }

  /// - Parameter history: of the trial, up to its last evaluation, which is not the end of it.
  func decision(after history: MetricHistory) -> Decision {
    switch pruned(after: history) {
    case .ends(let pruning): return .ends(pruning)
    case .waits: return .waits
    case .goesOn:
      return deadline.map { Uptime.seconds >= $0 } == true ? .waits : .goesOn
    }
  }

  private func pruned(after history: MetricHistory) -> Decision {
    guard let pruning else { return .goesOn }
    var board = PruningBoard(pruning)
    board.learn(history, of: id)
    guard board.mayDecide(of: id) else { return .goesOn }
    for member in pruning.members where member.id != id {
      board.learn(try? store.run(member.id, experiment: experiment), of: member.id)
    }
    return switch board.decision(of: id) {
    case .goesOn: .goesOn
    case .waits: .waits
    case .ends(let pruning): .ends(pruning)
    }
  }

  /// True where a loss that is no number prunes the trial.
  var prunesDivergence: Bool { pruning?.pruner.prunesDivergence == true }

  /// How a trial ends whose loss is no number.
  func divergence(_ cause: String, after history: MetricHistory?) -> PruningRecord {
    let after = history?.rows.last?.point
    let planned = after.flatMap { after in
      pruning.flatMap { pruning in
        pruning.members.first { $0.id == id }.map { pruning.unit.end($0.planned, after: after) }
      }
    }
    return PruningRecord(
      after: after, planned: planned, pruner: pruning?.pruner.divergence?.text ?? "", rung: nil,
      reason: cause)
  }
}
