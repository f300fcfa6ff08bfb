import ArgumentParser
import Foundation
import Tracking

/// Compares every byte of records with what was written, and sets aside what is broken.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every byte of recorded runs: what is damaged, what survives, what helps.",
    discussion: """
      experiments verify
      experiments verify camvid
      experiments verify camvid/3 --json
      experiments verify camvid --repair

      Every file of a run is compared with the SHA-256 that was recorded of it, and read. Logs and samples \
      of the machine carry none and are only looked at. Exit status 0 says that everything is sound, 74 \
      that something is damaged.

      --repair moves what is broken into .damaged below the results folder, where nothing is read and \
      nothing removed, so that the rest works again: first it says what that would be, then it asks, or \
      does it with --yes. Where a record cannot say any more what the run is, the whole run goes, and its \
      spec trains it anew.
      """)

  @Argument(
    help:
      "The runs: ids, experiments, experiment/3-7, tag:NAME, @last, @best:experiment; default: all.",
    completion: .runs)
  var selectors: [String] = []

  @Flag(help: "Move what is broken aside.")
  var repair = false

  @Flag(help: "Do so without a question.")
  var yes = false

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if yes, !repair { throw ValidationError("--yes means nothing without --repair") }
  }

  func run() throws {
    let store = results.store
    let selected = try results.select(selectors, filter, from: results.indexedCatalogue())
    guard !selected.runs.isEmpty else { throw results.nothingRecorded(selected.strays) }
    let screen = Screen.standardError()
    var progress = ApplicationProgress(screen, label: "verify")
    var report = VerificationReport()
    var repairs: [RunRepair] = []
    for (index, run) in selected.runs.enumerated() {
      progress.show("reading", done: index, of: selected.runs.count, "run")
      guard let verification = store.verify(run.id, experiment: run.experiment) else { continue }
      report.add(VerifiedRun(verification, in: store))
      if repair, let repair = RunRepair(verification, in: store) {
        repairs.append(repair)
        report.add(repair)
      }
    }
    progress.finish()
    var plans: [(String, [RunFinding])] = []
    for experiment in Set(selected.runs.map(\.experiment)).sorted() {
      let findings = store.verifyFiles(of: experiment)
      report.add(findings, of: experiment)
      if !findings.isEmpty { plans.append((experiment, findings)) }
    }
    print(try json ? JSONOutput.text(report) : report.text())
    for stray in selected.strays where selectors.isEmpty {
      screen.printWrapped("note: \(stray.sentence.printable)")
    }
    guard !report.isSound else { return }
    guard repair else {
      screen.printWrapped(
        "set what is broken aside with: experiments verify \(typedSelectors)--repair\(results.typed)"
      )
      throw Failure(.damagedStore)
    }
    try setAside(repairs, plans, report, screen)
  }

  private func setAside(
    _ repairs: [RunRepair], _ plans: [(String, [RunFinding])], _ report: VerificationReport,
    _ screen: Screen
  ) throws {
    let damaged = DamagedFolder(of: results.store)
    guard !(repairs.isEmpty && plans.isEmpty) else {
      screen.printWrapped("nothing of it is set aside: a later version of this program can read it")
      throw Failure(.damagedStore)
    }
    screen.print("into \(damaged.path):\n" + report.repairText(width: screen.liveWidth))
    guard yes || Confirmation.isGiven("move this aside? [y/N] ") else {
      screen.printWrapped(
        "nothing was moved; it is with: experiments verify \(typedSelectors)--repair --yes"
          + results.typed)
      throw Failure(.damagedStore)
    }
    var problems: [String] = []
    for repair in repairs {
      do { try repair.apply(into: damaged) } catch {
        problems.append("\(repair.run.name) stays as it is: \(error)")
      }
    }
    for (experiment, findings) in plans { try damaged.take(findings, of: experiment) }
    for problem in problems { screen.printWrapped("warning: \(problem.printable)") }
    screen.printWrapped("moved aside; it is never read there, and removed by you alone")
    guard problems.isEmpty, report.runs.allSatisfy({ $0.status != .newer }) else {
      throw Failure(.damagedStore)
    }
  }

  private var typedSelectors: String {
    selectors.map { ShellWord.quoted($0) + " " }.joined()
      + (filter.condition.map { "--where \(ShellWord.quoted($0)) " } ?? "")
  }
}
