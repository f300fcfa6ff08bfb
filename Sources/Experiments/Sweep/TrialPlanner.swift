internal import Datasets
internal import Execution
internal import Sampling
internal import Tracking

/// Expands a spec into trials: each is the tree with the point's values in it, read as if it had
/// been written so, so that what is wrong with a swept value is shown where the sweep says it.
struct TrialPlanner {
  private let loaded: LoadedSpec
  private var problems: [SpecDiagnostic]
  private var reading: SpecReading
  /// The warnings about the spec of each point, of those without problems.
  private var warnings: [[SpecDiagnostic]] = []
  private var classes = ClassFiles()

  init(_ loaded: LoadedSpec) {
    self.loaded = loaded
    problems = loaded.problems
    reading = SpecReading(
      catalog: loaded.catalog, source: loaded.source, folder: loaded.folder)
    reading.weights = WeightsLookup(results: loaded.results)
  }

  mutating func plan() throws(SpecErrors) -> TrialPlan { try plan(points: []) }

  /// - Parameter known: the points that were chosen so far, of a sweep that decides from results; without
  ///   them it has its first batch.
  mutating func plan(points known: [Point]) throws(SpecErrors) -> TrialPlan {
    let sweep = readSweep()
    reading.objective = sweep.objective
    let expansion = SweepExpansion.make(sweep, loaded, known: known, &problems)
    let points = expansion.points
    if known.isEmpty { checkUnusedValues(expansion) }
    // A sweep that cannot be expanded still shows, by its first values, what else is wrong.
    var specs = readSpecs(at: points.isEmpty ? [firstPoint(of: sweep.space)] : points)
    keepOneProblem(of: sweep.space)
    checkWrittenValues(under: sweep.space)
    reportMissingObjective(sweep.objective, specs)
    if problems.isEmpty, let pruner = sweep.pruner {
      problems += PruningCheck(pruner: pruner, specs: specs, objective: sweep.objective).problems()
    }
    guard problems.isEmpty, let first = specs.first else { throw SpecErrors(problems) }

    if expansion.growth != nil || sweep.pruner?.comparing(sweep.objective) != nil {
      specs = specs.map(repeatable)
    }
    let folds = specs.map(\.data.trials)
    reportTooManyFolds(folds, sweep)
    guard problems.isEmpty else { throw SpecErrors(problems) }
    let trials = makeTrials(points, specs, sweep)
    reportDuplicates(trials, points)
    guard problems.isEmpty else { throw SpecErrors(problems) }
    return TrialPlan(
      experiment: first.experiment, about: first.about, tags: first.tags,
      objective: sweep.objective, limits: first.limits, points: points.count, seeds: sweep.seeds,
      folds: folds.max() ?? 1, trials: trials, warnings: warnings,
      sweepWarnings: [loaded.directionWarning(sweep.objective)].compactMap(\.self),
      places: PlanPlaces(tree: loaded.tree, source: loaded.source, points: points),
      growth: expansion.growth, pruner: sweep.pruner)
  }

  // MARK: - The sweep

  private mutating func readSweep() -> SweepSection {
    let decoder = SpecDecoder(
      catalog: loaded.catalog, source: loaded.source, folder: loaded.folder)
    // Whatever else the root may be is reported where the spec is read.
    guard loaded.tree.entries != nil, let root = decoder.root(loaded.tree).mapping(),
      root.has("sweep")
    else { return .none }
    let sweep = root["sweep"].map { SweepSection.read($0) } ?? .none
    problems += decoder.diagnostics
    reportOverriddenParameters(of: sweep.space)
    return sweep
  }

  /// An override that the sweep overrides in turn would do nothing.
  private mutating func reportOverriddenParameters(of space: SearchSpace) {
    let swept = space.paths
    for assignment in loaded.overrides.assignments {
      guard let path = swept.first(where: { $0.contains(assignment.path) }) else { continue }
      problems.append(
        SpecDiagnostic(
          .undoneOverride, "\(path) is swept, which would undo this", at: assignment.place,
          remedy: "set sweep.parameters.\(path), or sweep=null for no sweep"))
    }
  }

  /// Every trial must have the series that it is judged by.
  private mutating func reportMissingObjective(_ objective: Objective, _ specs: [ExperimentSpec]) {
    let problem = specs.lazy.compactMap { $0.problem(withSeries: objective.metric) }.first
    guard let problem else { return }
    let place = loaded.tree["sweep"]?["objective"]?["metric"]?.mark ?? loaded.sweepPlace
    problems.append(
      SpecDiagnostic(
        .missingSeries, "sweep.objective.metric is \(problem.message)", at: place,
        remedy: problem.remedy))
  }

  /// How many folds a point has is known only once it is read.
  private mutating func reportTooManyFolds(_ folds: [Int], _ sweep: SweepSection) {
    let trials = folds.reduce(0, +) * sweep.seeds
    guard trials > TrialPlan.maximumTrials else { return }
    problems.append(
      SpecDiagnostic(
        .tooManyTrials,
        "the folds of data.validation make \(trials) trials of \(folds.count * sweep.seeds); "
          + "at most \(TrialPlan.maximumTrials) are allowed",
        at: loaded.sweepPlace, remedy: "use fewer folds, vary less, or split the sweep"))
  }

  private func firstPoint(of space: SearchSpace) -> [SpecAssignment] {
    space.points.first
      ?? space.axes.flatMap { $0.assignments(SearchDimension($0.name, $0.dimension).value(at: 0)) }
  }

  // MARK: - Specs

  /// The spec of each point that has no problems.
  private mutating func readSpecs(at points: [[SpecAssignment]]) -> [ExperimentSpec] {
    let parts = points.count < Self.manyPoints ? [readPart(points)] : readParts(points)
    for part in parts {
      problems += part.problems
      warnings += part.warnings
    }
    return parts.flatMap(\.specs)
  }

  /// Fewer points are read before threads are worth it.
  private static let manyPoints = 500

  /// What was read of some points, in their order.
  private struct Part: Sendable {
    var specs: [ExperimentSpec] = []
    var problems: [SpecDiagnostic] = []
    var warnings: [[SpecDiagnostic]] = []

    mutating func add(
      _ point: [SpecAssignment], to tree: YAMLNode, _ reading: SpecReading,
      _ classes: inout ClassFiles
    ) {
      let complete: YAMLNode
      do throws(SpecDiagnostic) { complete = try point.applied(to: tree) } catch {
        problems.append(error)
        return
      }
      let (spec, found, warnings) = reading.read(complete, classes: &classes)
      problems += found
      guard let spec else { return }
      specs.append(spec)
      self.warnings.append(warnings)
    }
  }

  private mutating func readPart(_ points: [[SpecAssignment]]) -> Part {
    var part = Part()
    for point in points { part.add(point, to: loaded.tree, reading, &classes) }
    return part
  }

  /// Many points on all cores, each of which builds its networks and looks for its weights itself. The first
  /// point is read before, so that files are not read by all.
  private mutating func readParts(_ points: [[SpecAssignment]]) -> [Part] {
    let first = readPart([points[0]])
    let rest = points.dropFirst()
    let size = (rest.count + Self.mostParts - 1) / Self.mostParts
    let slices = stride(from: rest.startIndex, to: rest.endIndex, by: size).map {
      Array(rest[$0..<min($0 + size, rest.endIndex)])
    }
    let (loaded, objective, classes) = (loaded, reading.objective, classes)
    return [first]
      + parallelMap(slices, chunk: 1) { points in
        var (part, classes) = (Part(), classes)
        var reading = SpecReading(
          catalog: loaded.catalog, source: loaded.source, folder: loaded.folder)
        reading.weights = WeightsLookup(results: loaded.results)
        reading.objective = objective
        for point in points { part.add(point, to: loaded.tree, reading, &classes) }
        return part
      }
  }

  private static let mostParts = 16

  /// Values that a sampler may choose and has not: each end of numbers, each choice, with the first point
  /// that has the hyperparameter.
  private mutating func checkUnusedValues(_ expansion: SweepExpansion) {
    for (values, place) in expansion.unusedValues() {
      let known = Set(problems)
      let count = warnings.count
      _ = readSpecs(at: [values])
      warnings.removeLast(warnings.count - count)
      // What else is wrong with such a point is said where it is chosen.
      problems = problems.filter { known.contains($0) || place.contains($0.mark) }
    }
  }

  /// What is wrong with one value of a range is said once, not for each that was drawn from it.
  private mutating func keepOneProblem(of space: SearchSpace) {
    let ranges = space.axes.compactMap { axis -> Mark? in
      if case .numbers(let range) = axis.values { range.mark } else { nil }
    }
    var seen: Set<Mark> = []
    problems = problems.filter { !ranges.contains($0.mark) || seen.insert($0.mark).inserted }
  }

  /// What is written where a sweep puts its values is in no trial, but a mistake all the same. Where
  /// it is one that no value can be put into, it is the mistake, and not the sweep.
  private mutating func checkWrittenValues(under space: SearchSpace) {
    let swept = Set(space.paths)
    let written = swept.compactMap { path in
      loaded.tree.written(at: path.components[...]).map { (path: path, $0.marks) }
    }
    guard !written.isEmpty else { return }
    let found = reading.read(loaded.tree, classes: &classes).problems
    for (path, marks) in written {
      let own = found.filter { marks.contains($0.mark) }
      guard !own.isEmpty else { continue }
      let places = Set(
        space.axes.flatMap(\.paths).filter { $0.path == path }.map(\.place)
          + space.points.joined().filter { $0.path == path }.map(\.place))
      problems.removeAll { places.contains($0.mark) }
      problems += own.filter { !problems.contains($0) }
    }
  }

  // MARK: - Trials

  private func makeTrials(
    _ points: [[SpecAssignment]], _ specs: [ExperimentSpec], _ sweep: SweepSection
  ) -> [Trial] {
    let hyperparameters = HyperparameterText.hyperparameters(of: points)
    let bases =
      loaded.bases.isEmpty
      ? nil : loaded.bases.map { BaseSpec(name: $0.name, text: $0.written) }
    var members: [(point: Int, replicate: Int, spec: ExperimentSpec)] = []
    for (point, spec) in specs.enumerated() {
      for replicate in 0..<sweep.seeds {
        members += spec.replicate(replicate).eachFold.map { (point, replicate, $0) }
      }
    }
    let resolved =
      members.count < Self.manyPoints
      ? members.map { ResolvedSpec($0.spec) }
      : parallelMap(members, chunk: Self.membersAtOnce) { ResolvedSpec($0.spec) }
    return zip(members, resolved).enumerated().map { index, member in
      let ((point, replicate, spec), resolved) = member
      var record = TrialRecord(
        experiment: spec.experiment, number: index + 1,
        hyperparameters: hyperparameters[point].adding(fold: spec.data.fold),
        seed: UInt64(spec.seed), replicate: replicate, point: point,
        objective: sweep.objective, writtenSpec: loaded.source.written, specName: loaded.name,
        overrides: loaded.overrides.texts, resolvedSpec: resolved.text,
        settingsID: resolved.settingsID)
      record.bases = bases
      return Trial(record, spec, resolved)
    }
  }

  /// How many specs a thread writes out before it asks for more.
  private static let membersAtOnce = 64

  /// Where results decide what is tried next or goes on, they must not depend on how many threads a trial had.
  private func repeatable(_ spec: ExperimentSpec) -> ExperimentSpec {
    let isWritten = loaded.tree["training"]?["determinism"] != nil
    let computation = spec.training.computation
    guard !isWritten, computation.determinism == .machine,
      computation.device.problem(with: Computation.Determinism.portable) == nil
    else { return spec }
    var spec = spec
    spec.training.computation.determinism = .portable
    return spec
  }

  /// What of a trial is known before its data is looked at: data that lies elsewhere, or is parted
  /// otherwise, is probably other data.
  private struct Settings: Hashable {
    let id: String
    let places: DataPlaces
    let groups: DataConfiguration.Groups

    init(_ trial: Trial) {
      (id, places, groups) = (trial.id, trial.spec.places, trial.spec.data.groups)
    }
  }

  /// Two trials of one id would be one run. Each value that repeats an earlier one is said once.
  private mutating func reportDuplicates(_ trials: [Trial], _ points: [[SpecAssignment]]) {
    var firsts: [Settings: Trial] = [:]
    var reported: Set<Mark> = []
    for trial in trials {
      guard let first = firsts[Settings(trial)] else {
        firsts[Settings(trial)] = trial
        continue
      }
      let (point, other) = (points[trial.record.point], points[first.record.point])
      let differing = point.first { assignment in
        !other.contains { $0.path == assignment.path && $0.value.mark == assignment.value.mark }
      }
      let place = differing?.value.mark ?? loaded.sweepPlace
      guard reported.insert(place).inserted else { continue }
      problems.append(
        SpecDiagnostic(
          .sameTrial,
          "trial \(trial.record.number) (\(trial.name)) is the same as trial "
            + "\(first.record.number) (\(first.name))",
          at: place, remedy: "leave one of them out"))
    }
  }
}

extension ExperimentSpec {
  fileprivate func replicate(_ number: Int) -> ExperimentSpec {
    var spec = self
    spec.seed = ReplicateSeed.seed(of: number, experiment: seed)
    return spec
  }

  /// One that validates on each fold, or this one where it is settled on what it validates.
  fileprivate var eachFold: [ExperimentSpec] {
    guard data.trials > 1 else { return [self] }
    return (1...data.trials).map { fold in
      var spec = self
      spec.data.fold = fold
      return spec
    }
  }
}

extension [Hyperparameter] {
  /// The fold tells trials of a point apart, as what is swept tells points apart.
  fileprivate func adding(fold: Int?) -> [Hyperparameter] {
    guard let fold, !contains(where: { $0.path == TrialRecord.foldPath }) else { return self }
    return self + [Hyperparameter(path: TrialRecord.foldPath, text: "\(fold)")]
  }
}

extension HyperparameterText {
  /// What a table shows of each point, in the order in which the point sets it.
  fileprivate static func hyperparameters(
    of points: [[SpecAssignment]]
  ) -> [[Hyperparameter]] {
    var values: [SpecPath: [YAMLNode]] = [:]
    for assignment in points.joined() where assignment.shown == nil {
      values[assignment.path, default: []].append(assignment.value)
    }
    var texts = values.mapValues { HyperparameterText.texts(of: $0)[...] }
    return points.map { point in
      point.map { assignment in
        Hyperparameter(
          path: assignment.path.description,
          text: assignment.shown ?? texts[assignment.path]?.popFirst() ?? "")
      }
    }
  }
}

extension YAMLNode {
  /// What is written where the path leads, or what stands in its way; `nil` where nothing is.
  fileprivate func written(at path: ArraySlice<String>) -> YAMLNode? {
    guard let key = path.first else { return isNull ? nil : self }
    switch content {
    case .mapping(let entries):
      return entries.first { $0.key == key }?.value.written(at: path.dropFirst())
    case .sequence(let elements):
      if let index = Int(key) {
        return elements.indices.contains(index)
          ? elements[index].written(at: path.dropFirst()) : self
      }
      let named = elements.first { $0.scalar?.text == key || $0.entries?.first?.key == key }
      guard let named else { return self }
      return named.scalar == nil ? named.written(at: path) : nil
    case .scalar: return nil
    }
  }
}
