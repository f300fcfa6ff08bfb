import ArgumentParser
import Foundation
import Measurements
import Tracking
internal import Datasets
internal import Training

/// Judges recorded runs once more.
struct EvaluateCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge recorded runs on their validation data or on another list, by any metrics.",
    discussion: """
      experiments evaluate nuclei/3
      experiments evaluate nuclei/3 --test
      experiments evaluate nuclei/3 --list other.txt --name hospital
      experiments evaluate @best:nuclei --list test.txt --metrics boundary_f1,hausdorff_distance
      experiments evaluate nuclei/3 --set evaluation.test_time_augmentation='{mirror: both}'
      experiments evaluate nuclei/3 --metrics hd95 --pixel-size 0.25um
      experiments evaluate nuclei --ensemble --test
      experiments evaluate nuclei/3 --set evaluation.postprocessing='[threshold]' \
        --sweep evaluation.postprocessing.threshold.probability=0.3,0.4,0.5

      Images go through what the run's validation images went through: the same size or patches, \
      the recorded normalization, the weights of its best evaluation. Without --test and --list a run \
      is judged on its own validation data, and what it recorded comes out again.

      What is found is kept beside the run and never changed. `show` shows it, and `compare` has \
      columns for it: test.mean_iou. What an ensemble or a sweep found is kept beside its first run, \
      under names of its own. Images of the list are relative to data.root of the run's spec, \
      or to the list's folder.
      """)

  @Argument(
    help: "The runs: ids, experiments, experiment/3-7, tag:NAME, @last or @best:experiment.",
    completion: .runs)
  var selectors: [String]

  @Flag(help: "Judge by data.test of the run's spec, by each set where it names several.")
  var test = false

  @Option(
    help: ArgumentHelp("Images and masks to judge by, one 'image mask' a line.", valueName: "file"),
    completion: .file())
  var list: String?

  @Option(
    help: ArgumentHelp(
      """
      What the values are named with, as in test.mean_iou; default: test with --test or \
      --list, else validation; with --ensemble or --sweep behind these words.
      """,
      valueName: "word"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Metrics besides the standard ones, with commas between.", valueName: "names"))
  var metrics: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      """
      Judge once for each of these values, and show all in one table: evaluation.PATH=VALUE,VALUE. May \
      be repeated for every combination.
      """,
      valueName: "path=values"))
  var sweep: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      The extent of a pixel of images that do not say it, for distances: 0.25um, or rows by columns \
      0.5x0.25mm.
      """,
      valueName: "extent"))
  var pixelSize: String?

  @OptionGroup var use: TrainedRunOptions
  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard !selectors.isEmpty else { throw ValidationError("name a run") }
    if test, list != nil { throw ValidationError("--test and --list: write one of them") }
    if let name, name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) == nil {
      throw ValidationError("--name \(name): write letters, digits, '-' and '_'")
    }
    if let pixelSize, PixelExtent(pixelSize) == nil {
      throw ValidationError(PixelExtent.advice(pixelSize))
    }
    let isOwn = list == nil && !test && !use.ensemble && sweep.isEmpty
    if !isOwn, name == SeriesDescription.validation {
      throw ValidationError(
        "--name validation is what a run by itself is worth on its own validation data: choose "
          + "another")
    }
  }

  func run() throws {
    let catalogue = try results.catalogue()
    let runs = try filter.apply(to: results.runs(selectors, in: catalogue))
    var tests = Dictionary(grouping: catalogue.runs, by: \.experiment)
      .mapValues { $0.flatMap(\.tests) }
    let swept = try SweptSettings(sweep)
    WorkerEnvironment.adopt(threads: use.threads ?? runs[0].attempts.last?.threads ?? 1)
    let stop = StopRequest()
    try Interrupts.watch { _ in stop.make() }
    var reports: [TestReport] = []
    for (members, set) in try subjects(of: use.ensemble ? [runs] : runs.map({ [$0] })) {
      var table = SweptTable(swept.paths, objective: members[0].trial.objective)
      try judge(members, on: set, swept, stop) { test, point in
        let run = members[0]
        let kept = try results.store.add(test, to: run)
        reports.append(TestReport(kept, of: run, after: tests[run.experiment, default: []]))
        tests[run.experiment, default: []].append(kept)
        table.add(point, kept)
      }
      guard !json, let report = reports.last else { continue }
      if reports.count > swept.points.count { print() }
      print(
        sweep.isEmpty
          ? report.text(style: .output)
          : report.heading(without: swept.paths, style: .output) + "\n\n"
            + table.text(style: .output))
    }
    if json { print(try JSONOutput.text(reports)) }
  }

  /// Runs that are judged together, with each of the sets of `data.test` where these have names.
  private func subjects(
    of runs: [[RunRecord]]
  ) throws -> [(members: [RunRecord], set: String?)] {
    try runs.flatMap { members -> [(members: [RunRecord], set: String?)] in
      guard test else { return [(members, nil)] }
      var spec = try ExperimentSpec(resolved: members[0].trial.resolvedSpec)
      let split = try ApplicationOptions.split(use.overrides, metrics: metrics)
      spec.places = try PlacesOverride.applied(
        split.places, to: spec.places, folder: FileManager.default.currentDirectoryPath)
      let names = spec.data.test?.names ?? []
      return names.isEmpty ? [(members, nil)] : names.map { (members, $0) }
    }
  }

  /// Judges runs together at every point of the sweep.
  ///
  /// - Parameter set: the name of the test set; `nil` where there is one without a name.
  private func judge(
    _ members: [RunRecord], on set: String?, _ swept: SweptSettings, _ stop: StopRequest,
    receive: (TestRecord, _ point: [String]) throws -> Void
  ) throws {
    var bar = ApplicationProgress(Screen.standardError(), label: members[0].name)
    defer { bar.finish() }
    // The same for every point: no setting of evaluations changes what is read.
    var data: JudgedData?
    for point in swept.points {
      let split = try ApplicationOptions.split(
        use.overrides + swept.overrides(point), metrics: metrics)
      let runs = try TrainedRuns(
        try members.map { run in
          try TrainedRun(
            run, store: results.store, checkpoint: use.checkpoint,
            places: { places throws(Failure) in
              try PlacesOverride.applied(
                split.places, to: places, folder: FileManager.default.currentDirectoryPath)
            }, overrides: split.settings)
        })
      let subject = try subject(of: runs.first, set: set)
      let judge = RunJudge(
        runs: runs, store: results.store, threads: use.threads ?? runs.first.recordedThreads,
        overrides: split.settings, pixel: pixelSize.flatMap(PixelExtent.init))
      let judged =
        try data ?? judge.data(subject) { bar.show("reading", done: $0, of: $1, "sample") }
      data = judged
      let test = try judge.judge(
        subject, judged, name: (name ?? standardName) + (set.map { ".\($0)" } ?? "")
      ) { done in
        bar.show("judging", done: done, of: judged.dataset.count, "sample")
        return stop.isMade ? .stop : .proceed
      }
      guard let test else {
        throw Failure(.interrupted, "stopped; the same command judges again")
      }
      try receive(test, point)
    }
  }

  private func subject(
    of trained: TrainedRun, set: String?
  ) throws(Failure) -> RunJudge.Subject {
    if test {
      guard let written = trained.trial.spec.data.test?.sets.first(where: { $0.name == set }),
        let sources = trained.trial.testSets?.sets.first(where: { $0.name == set })?.sources
      else {
        throw Failure(
          .usage,
          "error: the spec of \(trained.run.name) has no data.test: name a list with --list, or say "
            + "where one lies with --set data.test=FILE")
      }
      return .list(written.sources.shortName, sources)
    }
    guard let list else { return .validation }
    let path = Path.absolute(list, in: FileManager.default.currentDirectoryPath)
    return .list(list, SampleSources(file: path))
  }

  private var standardName: String {
    let data = list == nil && !test ? SeriesDescription.validation : "test"
    return data + (use.ensemble ? "_ensemble" : "") + (sweep.isEmpty ? "" : "_sweep")
  }
}
