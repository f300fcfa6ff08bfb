import ArgumentParser
internal import Datasets
import Foundation
import Tracking

/// The spec file and what is changed in it.
struct SpecOptions: ParsableArguments {
  @Argument(help: "The spec, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      Replace a value of the spec, e.g. --set solver.base_lr=1e-2; +path=value adds what is not written \
      yet, also to a list, and ~path takes away what is. May be repeated. training.epochs=+20 goes on \
      from the ends of finished runs, and sweep.seeds=+5 gives points further seeds.
      """,
      valueName: "path=value"))
  var overrides: [String] = []

  /// For how much longer trials go on from finished runs; `nil` where they begin.
  var longer: Extension? { overrides.lazy.compactMap(Extension.init).last }

  /// The seeds that points get besides theirs; `nil` for none.
  var furtherSeeds: SeedAddition? { overrides.lazy.compactMap(SeedAddition.init).last }

  /// The trials whose data has been looked at.
  ///
  /// - Parameters:
  ///   - plan: as ``plan(_:)`` gives it.
  ///   - selectors: runs of the points that get further seeds; none for all points.
  func inspected(
    _ plan: TrialPlan, _ store: FolderStore, only selectors: [String] = []
  ) throws -> InspectedPlan {
    let inspected = try plan.inspected(results: store.root).fullyGrown(store)
    if let furtherSeeds {
      return try inspected.adding(furtherSeeds, only: selectors, in: store)
    }
    return try longer.map { try inspected.extended(by: $0, in: store) } ?? inspected
  }

  /// - Parameter results: where the runs are recorded that trials may begin with.
  func plan(_ results: ResultsFolder) throws -> TrialPlan {
    try loaded(results).plan()
  }

  /// The spec with what is set in it, before its trials are made.
  func loaded(_ results: ResultsFolder) throws(SpecErrors) -> LoadedSpec {
    try ExperimentSpec.load(
      path: spec,
      overrides: overrides.filter { Extension($0) == nil && SeedAddition($0) == nil },
      results: results.path)
  }

  /// For a command that looks at how trials begin.
  ///
  /// - Throws: ``Failure`` where they are to go on from finished runs.
  func beginningPlan(_ results: ResultsFolder) throws -> TrialPlan {
    if let longer {
      throw Failure(
        .usage,
        "error: training.\(longer.unit)=+\(longer.amount) goes on from finished runs, and this command "
          + "looks at how trials begin: leave it out")
    }
    if let furtherSeeds {
      throw Failure(
        .usage,
        "error: sweep.seeds=+\(furtherSeeds.count) adds to what a sweep has tried, and this command looks at "
          + "how trials begin: leave it out")
    }
    return try plan(results)
  }

  /// As one would type it again.
  var typed: String {
    ([ShellWord.quoted(spec)] + overrides.map { "--set \(ShellWord.quoted($0))" })
      .joined(separator: " ")
  }
}

/// Which points of a sweep get further seeds.
struct PointsOption: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      """
      With --set sweep.seeds=+N: give further seeds to the points of these runs alone, as @best, \
      EXPERIMENT/3 or an id. May be repeated.
      """, valueName: "run"), completion: .runs)
  var only: [String] = []

  /// - Throws: ``ValidationError`` where nothing is added that it could be about.
  func check(_ spec: SpecOptions) throws {
    guard only.isEmpty || spec.furtherSeeds != nil else {
      throw ValidationError(
        "--only says which points get further seeds: write --set sweep.seeds=+N with it")
    }
    guard spec.furtherSeeds == nil || spec.longer == nil else {
      throw ValidationError(
        "+N of sweep.seeds and of training.\(spec.longer?.unit ?? "epochs") cannot be given together: run one after "
          + "the other")
    }
  }
}

/// Where records are kept.
struct ResultsOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      The folder of the records; default: $EXPERIMENTS_RESULTS, or else the nearest folder \
      'results' from here upward that holds records, or else ./results.
      """,
      valueName: "folder"), completion: .directory)
  var results: String?

  var folder: ResultsFolder { ResultsFolder.find(results) }

  var store: FolderStore { FolderStore(root: folder.path) }

  /// Every recorded run under the name that selects it.
  func catalogue() throws -> RunCatalogue { try store.catalogue() }

  /// The recorded runs that are meant, of a catalogue that was read already; all of them where there is no
  /// selector.
  ///
  /// - Throws: `SelectorError` where a selector means nothing.
  func runs(_ selectors: [String], in catalogue: RunCatalogue) throws -> [RunRecord] {
    guard !catalogue.runs.isEmpty || selectors.isEmpty else {
      throw nothingRecorded(catalogue.strays)
    }
    return try Selector.select(selectors, from: catalogue.runs)
  }

  /// As one would type it again: empty where it is the default.
  var typed: String { results.map { " --results \(ShellWord.quoted($0))" } ?? "" }
}

/// Which weights of trained runs are used, and how.
struct TrainedRunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Which weights: best or last.", valueName: "name"))
  var checkpoint: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      Set evaluation.… or limits.… otherwise than the run's spec has it, e.g. \
      evaluation.batch_size=1; or say where the data of the spec lies now: data.root. May be repeated.
      """,
      valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: "Threads; default: as many as the run was trained with.")
  var threads: Int?

  @Flag(
    help: """
      Ask all of the runs about the same images and average their probabilities: folds, seeds, \
      templates.
      """)
  var ensemble = false

  func validate() throws {
    try ApplicationOptions.check(checkpoint: checkpoint, threads: threads)
  }
}
