import ArgumentParser
import Foundation
import Measurements
import Tracking
internal import Training

/// Judges recorded runs once more.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge recorded runs on their validation data or on another list, by any metrics.",
    discussion: """
      experiments evaluate nuclei/3
      experiments evaluate nuclei/3 --test
      experiments evaluate nuclei/3 --list other.txt --name hospital
      experiments evaluate @best:nuclei --list test.txt --metrics boundary_f1,hausdorff_distance
      experiments evaluate nuclei/3 --set evaluation.test_time_augmentation='{mirror: both}'

      Images go through what the run's validation images went through: the same size or patches, \
      the recorded normalization, the weights of its best evaluation. Without --test and --list a run \
      is judged on its own validation data, and what it recorded comes out again.

      What is found is kept beside the run and never changed. `show` shows it, and `compare` has \
      columns for it: test.mean_iou. Images of the list are relative to data.root of the run's spec, \
      or to the list's folder.
      """)

  @Argument(help: "The runs: ids, experiment/number, @last or @best:experiment, or experiments.")
  var selectors: [String]

  @Flag(help: "Judge by data.test of the run's spec.")
  var test = false

  @Option(
    help: ArgumentHelp("Images and masks to judge by, one 'image mask' a line.", valueName: "file"),
    completion: .file())
  var list: String?

  @Option(
    help: ArgumentHelp(
      """
      What the values are named with, as in test.mean_iou; default: test with --test or \
      --list, else validation.
      """,
      valueName: "word"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Metrics besides the standard ones, with commas between.", valueName: "names"))
  var metrics: String?

  @Option(help: ArgumentHelp("Which weights: best or last.", valueName: "name"))
  var checkpoint: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      Set evaluation.… or limits.… otherwise than the run's spec has it, or where its data lies \
      now: data.root. May be repeated.
      """,
      valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: "Threads; default: as many as the run was trained with.")
  var threads: Int?

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard !selectors.isEmpty else { throw ValidationError("name a run") }
    if test, list != nil { throw ValidationError("--test and --list: write one of them") }
    try ApplicationOptions.check(checkpoint: checkpoint, threads: threads)
    if let name, name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) == nil {
      throw ValidationError("--name \(name): write letters, digits, '-' and '_'")
    }
    if list != nil || test, name == SeriesDescription.validation {
      throw ValidationError(
        "--name validation is what a run's own validation data is called: choose another")
    }
  }

  func run() throws {
    let catalogue = try results.catalogue()
    let runs = try results.runs(selectors, in: catalogue)
    var tests = Dictionary(grouping: catalogue.runs, by: \.experiment)
      .mapValues { $0.flatMap(\.tests) }
    let split = try ApplicationOptions.split(overrides, metrics: metrics)
    let screen = Screen.standardError()
    let stop = StopRequest()
    try Interrupts.watch { _ in stop.make() }
    var reports: [TestReport] = []
    for run in runs {
      let trained = try TrainedRun(
        run, store: results.store, checkpoint: checkpoint,
        places: { places throws(Failure) in
          try PlacesOverride.applied(
            split.places, to: places, folder: FileManager.default.currentDirectoryPath)
        }, overrides: split.settings)
      let judge = RunJudge(
        trained: trained, store: results.store, threads: threads ?? trained.recordedThreads,
        overrides: split.settings)
      var bar = ApplicationProgress(screen, label: run.name)
      let test = try judge.judge(subject(of: trained), name: name ?? standardName) { event in
        switch event {
        case .reading(let done, let all): bar.show("reading", done: done, of: all, "sample")
        case .judging(let done, let all): bar.show("judging", done: done, of: all, "sample")
        }
        return stop.isMade ? .stop : .proceed
      }
      bar.finish()
      guard let test else {
        throw Failure(.interrupted, "stopped; the same command judges again")
      }
      let kept = try results.store.add(test, to: run)
      reports.append(TestReport(kept, of: run, after: tests[run.experiment, default: []]))
      tests[run.experiment, default: []].append(kept)
      if json { continue }
      if reports.count > 1 { print() }
      print(reports[reports.count - 1].text(style: .output))
    }
    if json { print(try JSONOutput.text(reports)) }
  }

  private func subject(of trained: TrainedRun) throws(Failure) -> RunJudge.Subject {
    if test {
      guard let written = trained.trial.spec.data.test, let path = trained.trial.testList else {
        throw Failure(
          .usage,
          "error: the spec of \(trained.run.name) has no data.test: name a list with --list, or say "
            + "where one lies with --set data.test=FILE")
      }
      return .list(written, path: path)
    }
    guard let list else { return .validation }
    return .list(list, path: Path.absolute(list, in: FileManager.default.currentDirectoryPath))
  }

  private var standardName: String { list == nil && !test ? SeriesDescription.validation : "test" }
}
