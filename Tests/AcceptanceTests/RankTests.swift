@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

/// Trials that several processes train, where Open MPI is installed; `make test-mpi` does more.
@Suite(.enabled(if: OpenMPIProgram.isInstalled, "Open MPI's mpirun is not installed"))
struct RankTests {
  /// - Parameter ranks: of each trial.
  private func spec(epochs: Int, ranks: Int) -> String {
    SmallSpecs.generated(epochs: epochs, rates: ["1e-2"])
      .replacingOccurrences(of: "type: ADAM", with: "type: ADAM, iter_size: 4")
      .replacingOccurrences(of: "batch_size: 4", with: "batch_size: 1")
      .replacingOccurrences(of: "{threads: 1}", with: "{threads: 1, ranks: \(ranks)}")
  }

  @Test("two ranks train to the bytes of one, and the trial is the same")
  func sameBytes() throws {
    let alone = try Workplace()
    let reference = try Record(of: spec(epochs: 2, ranks: 1), in: alone)
    let together = try Workplace()
    #expect(try Record(of: spec(epochs: 2, ranks: 2), in: together) == reference)
    // The program says of itself how it trained.
    let shown = try together.run("show", "tiny/1")
    #expect(shown.output.contains("1 on each of 2 ranks"), "\(shown)")
    let names = { (workplace: Workplace) in
      workplace.files(below: "results/tiny").filter { $0.hasSuffix("trial.json") }
    }
    #expect(names(together) == names(alone))
  }
}

private enum OpenMPIProgram {
  static let isInstalled =
    ProgramSearch.find(
      "mpirun", in: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin") != nil
}

/// What is said of ranks that cannot be.
@Suite struct RankRefusalTests {
  private static let spec = SmallSpecs.generated(epochs: 1, rates: ["1e-2"])

  @Test("more ranks than batches in a step are refused at their place")
  func tooMany() throws {
    let workplace = try Workplace()
    try workplace.write(
      Self.spec.replacingOccurrences(of: "{threads: 1}", with: "{threads: 1, ranks: 2}"),
      to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.status == 65, "\(check)")
    #expect(
      check.errors.contains(
        "error[E0419]: limits.ranks is 2, but a step has 1 batch to share: write limits.ranks: 1, or a "
          + "larger solver.iter_size with a smaller training.batch_size"), "\(check)")
  }

  @Test("without Open MPI the message says what to install, and nothing is recorded")
  func missing() throws {
    let workplace = try Workplace()
    try workplace.write(
      Self.spec.replacingOccurrences(of: "{threads: 1}", with: "{threads: 1, ranks: 2}")
        .replacingOccurrences(of: "batch_size: 4", with: "batch_size: 2")
        .replacingOccurrences(of: "type: ADAM", with: "type: ADAM, iter_size: 2"),
      to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml", environment: ["PATH": "/nowhere"])
    #expect(run.status == 64, "\(run)")
    #expect(
      run.errors.contains(
        "limits.ranks is 2, and there is no program 'mpirun' in $PATH: install Open MPI"), "\(run)")
    #expect(!workplace.exists("results/tiny"))
  }
}
