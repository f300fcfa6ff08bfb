@testable import Experiments
import Foundation
import Testing
@testable import Tracking

/// Seeds that points of a sweep get after it was run.
@Suite struct SeedAdditionTests {
  private func runs(in workplace: Workplace) throws -> [RunRecord] {
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    return try store.catalogue(of: "tiny").runs.sorted { $0.number < $1.number }
  }

  @Test("the best point gets further seeds, and what is done stays as it is")
  func best() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 1, rates: ["1e-2", "1e-3"]), to: "tiny.yaml")
    try #require(try workplace.run("run", "tiny.yaml").status == 0)
    let before = try runs(in: workplace)
    #expect(before.map(\.number) == [1, 2])
    let best = try Selector.select(["@best:tiny"], from: before)[0]

    let more = try workplace.run(
      "run", "tiny.yaml", "--set", "sweep.seeds=+2", "--only", "@best")
    try #require(more.status == 0, "\(more)")
    let after = try runs(in: workplace)
    #expect(after.map(\.number) == [1, 2, 3, 4])
    #expect(after.prefix(2).map(\.filesDigest) == before.map(\.filesDigest))
    #expect(after.suffix(2).allSatisfy { $0.trial.point == best.trial.point })
    #expect(after.suffix(2).map(\.trial.replicate) == [1, 2])

    // The same command has nothing left to do, even where a further seed is the best now.
    let again = try workplace.run(
      "run", "tiny.yaml", "--set", "sweep.seeds=+2", "--only", "@best")
    #expect(again.status == 0 && again.errors.contains("none left to run"), "\(again)")

    // A sweep that says so from the beginning has the same trials: those of the other point are left.
    let whole = try workplace.run("plan", "tiny.yaml", "--set", "sweep.seeds=3", "--json")
    let planned = try JSONSerialization.jsonObject(with: Data(whole.output.utf8))
    let ids = try #require(planned as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(ids.count == 6 && Set(after.map(\.id)).isSubset(of: ids))
  }

  @Test("without --only every point gets them, and the command is refused where nothing is added")
  func all() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 1, rates: ["1e-2", "1e-3"]), to: "tiny.yaml")
    let plan = try workplace.run("plan", "tiny.yaml", "--set", "sweep.seeds=+1", "--json")
    let planned = try JSONSerialization.jsonObject(with: Data(plan.output.utf8))
    let numbers = try #require(planned as? [[String: Any]]).compactMap { $0["number"] as? Int }
    #expect(numbers == [3, 4], "\(plan)")
    let alone = try workplace.run("run", "tiny.yaml", "--only", "@best")
    #expect(alone.status == 64 && alone.errors.contains("--set sweep.seeds=+N"), "\(alone)")
    let other = try workplace.run("preview", "tiny.yaml", "--set", "sweep.seeds=+1")
    #expect(other.status == 64 && other.errors.contains("leave it out"), "\(other)")
  }
}
