internal import Execution
import Foundation
import Tracking

/// Tells which runs have weights that this machine makes again to the same bytes: those that have ended, whose record
/// is sound, whose environment is the present one in everything that can decide bits, and whose data is there and as
/// it was.
struct ReproducibleWeights {
  private let store: FolderStore
  private let runs: [RunRecord]
  private let build: ProvenanceRecord.Build

  /// - Parameter runs: every run of the store: what others began with stays.
  init(store: FolderStore, runs: [RunRecord]) throws {
    (self.store, self.runs) = (store, runs)
    build = try Provenance.build()
  }

  /// Why the weights of a run may not come out again; `nil` where they do.
  func objection(to run: RunRecord) -> String? {
    guard let end = run.end, end.outcome != .failed else { return "it has not finished" }
    if let users = Trash.objections(to: [run], among: runs).first { return users }
    do {
      let reproduction = try Reproduction(run, store: store)
      if let doubt = reproduction.doubt(of: build) { return doubt }
      return try reproduction.dataChanges().first.map { "its data is other data: \($0)" }
    } catch {
      let lines = "\(error)".split(separator: "\n")
      let first = lines.first.map(String.init) ?? ""
      return first.hasPrefix("error: ") ? String(first.dropFirst(7)) : first
    }
  }
}

extension Reproduction {
  /// What of the present environment may make other bytes; `nil` where nothing that is recorded does.
  fileprivate func doubt(of build: ProvenanceRecord.Build) -> String? {
    let determinism = trial.spec.training.computation.determinism
    guard determinism != .fast else { return "determinism: fast promises no bytes" }
    if let mixed = attempts.mixedEnvironments.first { return mixed }
    var present = recorded
    (present.build, present.machine) = (build, Provenance.machine())
    present.libraries = Provenance.libraries
    let difference = EnvironmentDifference(
      recorded: recorded, present: present, determinism: determinism)
    guard let change = difference.changes.first(where: { $0.kind != .harmless }) else { return nil }
    return "it was trained with something else: \(change)"
  }
}
