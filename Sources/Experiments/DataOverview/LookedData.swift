internal import Datasets
internal import Foundation
internal import Groundwork
internal import Tasks
internal import Tracking

/// Data that was looked at, with what is needed to show it.
struct LookedData {
  let overview: DataOverview
  let reader: OverviewReader
  /// The experiment, or the names of the lists.
  let title: String
  /// The command line that looks again.
  let command: String
  let palette: ClassPalette
  let task: any SegmentationTask
  let said: SaidOfData
  /// The plan whose first trial's data it is; `nil` where no spec is named.
  private let plan: TrialPlan?

  /// What a spec says of the training that bears on the data.
  struct SaidOfData {
    /// True where a spec is there to be changed.
    var isSpec = false
    var weighsClasses = false
    var drawsBalanced = false
    /// True where the program divides the training list itself, by a fraction or in folds.
    var dividesList = false
    var hasSeveralLabels = false
  }

  /// Looks at what is named: one spec, or lists and folders.
  ///
  /// - Parameters:
  ///   - results: the folder of the records, where scenes that the program draws are kept.
  ///   - threads: that read; `nil` for one on each core.
  /// - Throws: `SpecErrors`, `DataError` or ``Failure`` where nothing can be looked at.
  init(
    _ paths: [String], overrides: [String], results: String,
    cache: InspectionCache = .standard, progress: (Int, Int) -> Void
  ) throws {
    let specs = paths.filter(Self.isSpec)
    let typed = (paths + overrides.map { "--set=\($0)" }).map(ShellWord.quoted)
    command = "experiments data " + typed.joined(separator: " ")
    guard let spec = specs.first else {
      guard overrides.isEmpty else {
        throw Failure(.usage, "error: --set changes a spec, and none is named")
      }
      let source = try OverviewSource(lists: paths)
      overview = DataOverviewer(source, cache: cache).overview(progress: progress)
      reader = source.reader
      title = source.sets.map(\.name).joined(separator: ", ")
      palette = ClassPalette(classes: overview.classes.map(\.name))
      (task, said, plan) = (SemanticTask(), SaidOfData(), nil)
      return
    }
    guard paths.count == 1 else {
      throw Failure(.usage, "error: name one spec, or lists and folders, not both: \(spec)")
    }
    let plan = try ExperimentSpec.load(path: spec, overrides: overrides, results: results)
      .plan()
    try plan.requireImages(for: "data")
    let trial = plan.trials[0]
    let source: OverviewSource
    do throws(DataError) {
      let configuration = trial.dataConfiguration(results: results)
      try configuration.requireRoot()
      source = try OverviewSource(configuration, seed: trial.record.seed, test: trial.testSets)
    } catch {
      throw Self.diagnostics(error, plan)
    }
    self.plan = plan
    overview = DataOverviewer(
      source, cache: cache, reading: trial.spec.data.canonicalContent.text
    ).overview(progress: progress)
    reader = source.reader
    title = plan.experiment
    palette = trial.spec.data.palette
    task = trial.spec.task
    said = SaidOfData(trial.spec)
  }

  /// What a training would refuse, at its place; `nil` where it would refuse nothing.
  var refusal: (any Error)? {
    guard !overview.problems.isEmpty else { return nil }
    let error = DataError(overview.problems, warnings: overview.warnings)
    return plan.map { Self.diagnostics(error, $0) } ?? error
  }

  private static func diagnostics(_ error: DataError, _ plan: TrialPlan) -> DataDiagnostics {
    var diagnostics = DataDiagnostics()
    diagnostics.add(error, of: plan.trials[0], in: plan)
    return diagnostics
  }

  /// A spec is known by its ending.
  private static func isSpec(_ path: String) -> Bool {
    ["yaml", "yml"].contains((path as NSString).pathExtension.lowercased())
  }

  /// `train 367, validation 101`.
  var sizesText: String {
    overview.sets.map { "\($0.name) \(Units.count($0.samples.count))" }.joined(separator: ", ")
  }
}

extension LookedData.SaidOfData {
  fileprivate init(_ spec: ExperimentSpec) {
    isSpec = true
    weighsClasses = spec.losses.terms.contains { term in
      term.choice.canonical["class_weights"].map { $0 != .text("none") } ?? false
    }
    drawsBalanced = spec.data.sampling?.balancesClasses ?? false
    if case .lists(_, let validation) = spec.data.source {
      if case .list = validation {} else { dividesList = true }
    }
    hasSeveralLabels = !spec.task.reading.masksHoldClasses
  }
}
