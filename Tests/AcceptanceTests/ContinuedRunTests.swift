@testable import Experiments
import Foundation
import Testing
@testable import Tracking

/// Trainings that go on from the ends of finished runs.
@Suite struct ContinuedRunTests {
  private let spec = SmallSpecs.generated(epochs: 3, rates: ["1e-2"])

  private func run(_ number: Int, in workplace: Workplace) throws -> RunRecord {
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    return try #require(
      try store.runs(of: "tiny").first { $0.number == number && !$0.isSuperseded })
  }

  @Test("a run that goes on ends in the same bytes as one that was longer from the beginning")
  func sameBytes() throws {
    let workplace = try Workplace()
    try workplace.write(spec, to: "tiny.yaml")
    let early = try workplace.run("run", "tiny.yaml", "--set", "training.epochs=+2")
    #expect(early.status == 64 && early.errors.contains("not trained to its end"), "\(early)")
    try #require(try workplace.run("run", "tiny.yaml").status == 0)
    let more = try workplace.run("run", "tiny.yaml", "--set", "training.epochs=+2")
    try #require(more.status == 0, "\(more)")
    let continued = try run(2, in: workplace)
    #expect(continued.history?.rows.map(\.step) == [8, 10])
    #expect(
      continued.trial.hyperparameters.last?.text
        == "tiny/\(try run(1, in: workplace).id.prefix(8))@last")
    // The same command has nothing left to do.
    let again = try workplace.run("run", "tiny.yaml", "--set", "training.epochs=+2")
    #expect(again.status == 0 && again.errors.contains("none left to run"), "\(again)")
    let reproduce = try workplace.run("reproduce", "tiny/2")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"), "\(reproduce)")

    let whole = try Workplace()
    try whole.write(
      spec.replacingOccurrences(of: "epochs: 3", with: "epochs: 5"), to: "tiny.yaml")
    try #require(try whole.run("run", "tiny.yaml").status == 0)
    let uninterrupted = try run(1, in: whole)
    let rows = try #require(uninterrupted.history?.rows.suffix(2))
    #expect(Array(rows.map(\.tensorDigests)) == continued.history?.rows.map(\.tensorDigests))
  }

  @Test("a spec names the run that it goes on from, and early stopping counts from there")
  func named() throws {
    let workplace = try Workplace()
    try workplace.write(spec, to: "tiny.yaml")
    try #require(try workplace.run("run", "tiny.yaml").status == 0)
    let longer = spec.replacingOccurrences(
      of: "training: {epochs: 3,",
      with: """
        training: {epochs: 9, continues: tiny/1, early_stopping: {patience: 2 epochs, \
        min_delta: 10},
        """
    ).replacingOccurrences(of: "experiment: tiny", with: "experiment: longer")
    try workplace.write(longer, to: "longer.yaml")
    let run = try workplace.run("run", "longer.yaml")
    try #require(run.status == 0, "\(run)")
    let show = try workplace.run("show", "longer/1")
    // The first evaluation is the best; two epochs later its patience is over.
    #expect(show.output.contains("stopped early at epoch 6 of 9"), "\(show)")
    #expect(show.output.contains("training.continues"), "\(show)")
    let none = try workplace.run("check", "longer.yaml", "--set", "training.continues=tiny/7")
    #expect(none.status == 65 && none.errors.contains("training.continues"), "\(none)")
  }
}
