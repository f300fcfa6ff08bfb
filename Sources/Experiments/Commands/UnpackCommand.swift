import ArgumentParser
import Foundation
import Tracking

/// Takes packed runs among the records.
struct UnpackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Take runs of a file that 'experiments pack' wrote among the records.",
    discussion: """
      experiments unpack camvid-3.runs.zip
      experiments unpack paper.runs.zip --results elsewhere/results

      Every byte is compared with the manifest of the file and every record with itself before anything \
      is among the records: all runs of the file are there afterwards, or none. A run that is recorded \
      already stays as it is; one that is recorded with other content is an error.
      """)

  @Argument(help: "The file.", completion: .file())
  var file: String

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let store = results.store
    let screen = Screen.standardError()
    var progress = ApplicationProgress(screen, label: "unpack")
    ScratchStore.removeLeftovers(beside: store.root)
    let packed: PackedRuns
    let unpacked: [UnpackedRun]
    do {
      packed = try PackedRuns(file: file) { done, all in
        progress.show("comparing", done: done, of: all, "file")
      }
      try store.checkWritable()
      unpacked = try packed.unpack(into: store, check: TrialCheck.problem)
    } catch let error as PackRefused {
      progress.finish()
      throw Failure(
        .damagedStore,
        (error.reasons.map { "error: \($0)" } + ["nothing was unpacked"]).joined(separator: "\n"))
    }
    progress.finish()
    let runs = try numbered(unpacked)
    for run in unpacked {
      guard let name = run.lostName else { continue }
      screen.printWrapped(
        "note: \(run.run.name) is not called '\(name)': another run has that name".printable)
    }
    let report = PackReport(
      file: file, runs: runs, files: packed.fileCount, bytes: packed.byteCount)
    print(try json ? JSONOutput.text(report) : report.unpacked)
  }

  /// Gives the runs numbers behind those that are there.
  private func numbered(_ unpacked: [UnpackedRun]) throws -> [PackReport.Run] {
    var runs: [PackReport.Run] = []
    let groups = Dictionary(grouping: unpacked, by: \.run.experiment)
    for (experiment, members) in groups.sorted(by: { $0.key < $1.key }) {
      let recorded = try results.store.catalogue(of: experiment).runs
      let ids = Set(members.filter { !$0.wasThere }.map(\.run.id))
      var numbers = ImportedNumbers(recorded.filter { !$0.isSuperseded && !ids.contains($0.id) })
      for member in members {
        let number = numbers.take(member.run.id, member.run.trial)
        runs.append(
          PackReport.Run(
            run: "\(experiment)/\(number)", id: member.run.id,
            outcome: member.wasThere ? "there already" : "added"))
      }
      guard !ids.isEmpty else { continue }
      try results.store.recordPlan(
        numbers.plan, of: experiment, objective: members[0].run.trial.objective)
    }
    return runs
  }
}
