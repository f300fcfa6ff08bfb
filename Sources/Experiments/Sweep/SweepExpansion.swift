internal import Datasets
internal import Groundwork
internal import Sampling
internal import Tracking

/// What a sweep expands to, as far as that is known.
struct SweepExpansion {
  /// What each point sets.
  var points: [[SpecAssignment]] = []
  var growth: SweepGrowth?
  private var swept: SweptSpace?
  private var chosen: [Point] = []
  private var isSampled = false

  /// - Parameters:
  ///   - known: the points so far of a sweep that decides from results.
  ///   - problems: what is wrong is added.
  static func make(
    _ sweep: SweepSection, _ loaded: LoadedSpec, known: [Point], _ problems: inout [SpecDiagnostic]
  ) -> SweepExpansion {
    var expansion = SweepExpansion()
    guard let choice = sweep.choice else { return expansion }
    var isGrid = false
    switch choice {
    case .listed:
      let factors = [SearchSpace.Factor(name: "points", count: sweep.space.points.count)]
      if isWithinLimit(factors, sweep, loaded, &problems) { expansion.points = sweep.space.points }
      return expansion
    case .every:
      isGrid = true
      guard !sweep.space.axes.contains(where: { $0.count == nil }) else { return expansion }
      let isPlain =
        sweep.space.requirements.isEmpty && !sweep.space.axes.contains { $0.condition != nil }
      let factors = sweep.space.axes.map { SearchSpace.Factor(name: $0.name, count: $0.count ?? 1) }
      if isPlain, !isWithinLimit(factors, sweep, loaded, &problems) { return expansion }
    case .sampled(_, let trials):
      let factors = [SearchSpace.Factor(name: "trials", count: trials)]
      guard isWithinLimit(factors, sweep, loaded, &problems) else { return expansion }
      if sweep.space.axes.isEmpty {
        // What is wrong with those that are written was said where they stand.
        let written = ["parameters", "zip"].compactMap { loaded.tree["sweep"]?[$0]?.entries }
        guard written.allSatisfy(\.isEmpty) else { return expansion }
        problems.append(
          SpecDiagnostic(
            .noTrials, "sweep has no hyperparameters to choose from", at: loaded.sweepPlace,
            remedy: "write them under parameters"))
        return expansion
      }
    }
    let decoder = SpecDecoder(catalog: loaded.catalog, source: loaded.source)
    defer { problems += decoder.diagnostics }
    guard
      let swept = SweptSpace.make(sweep.space, isGrid: isGrid, tree: loaded.tree, decoder)
    else { return expansion }
    expansion.swept = swept
    if case .sampled(let sampler, let trials) = choice {
      if let objection = sampler.objection(to: swept.space) {
        decoder.report(
          .unfitMethod, objection, at: loaded.tree["sweep"]?["method"]?.mark ?? loaded.sweepPlace,
          remedy: "use tpe or random, or vary less")
        return expansion
      }
      expansion.isSampled = true
      expansion.sample(sampler, trials, sweep, loaded, known, decoder, &problems)
    } else {
      expansion.enumerate(sweep, loaded, &problems)
    }
    expansion.points = expansion.chosen.map(swept.assignments)
    return expansion
  }

  private mutating func sample(
    _ sampler: any PointSampler, _ trials: Int, _ sweep: SweepSection, _ loaded: LoadedSpec,
    _ known: [Point], _ decoder: SpecDecoder, _ problems: inout [SpecDiagnostic]
  ) {
    guard let swept else { return }
    let seed = loaded.tree["seed"]?.scalar?.number.flatMap { UInt64(exactly: $0) } ?? 1
    let starts = StartingPoints(swept: swept, decoder: decoder).points(
      sweep.space.starts, seed: seed)
    guard decoder.diagnostics.isEmpty else { return }
    let points = SweepPoints(
      swept: swept, sampler: sampler, seed: seed, total: max(trials, starts.count), starts: starts)
    do throws(SamplingError) {
      chosen = known.isEmpty ? try points.next(after: []) : known
    } catch {
      problems.append(loaded.problem(error))
    }
    if points.batch(of: 0) != nil, !chosen.isEmpty {
      growth = SweepGrowth(loaded: loaded, points: points, known: chosen)
    }
  }

  /// Every point of a grid, where conditions leave out enough of them.
  private mutating func enumerate(
    _ sweep: SweepSection, _ loaded: LoadedSpec, _ problems: inout [SpecDiagnostic]
  ) {
    let most = TrialPlan.maximumTrials / sweep.seeds
    guard let points = swept?.space.points(atMost: most + 1), points.count <= most else {
      problems.append(
        SpecDiagnostic(
          .tooManyTrials,
          "the conditions of the sweep leave more than \(most) points; at most "
            + "\(TrialPlan.maximumTrials) trials are allowed", at: loaded.sweepPlace,
          remedy: "vary less, or choose a method that draws some of them"))
      return
    }
    if points.isEmpty, !sweep.space.axes.isEmpty {
      problems.append(
        SpecDiagnostic(
          .unmetCondition, "no point of the sweep meets sweep.require",
          at: loaded.tree["sweep"]?["require"]?.mark ?? loaded.sweepPlace,
          remedy: "leave a condition out, or add values"))
    }
    chosen = points
  }

  private static func isWithinLimit(
    _ factors: [SearchSpace.Factor], _ sweep: SweepSection, _ loaded: LoadedSpec,
    _ problems: inout [SpecDiagnostic]
  ) -> Bool {
    let factors = factors + [SearchSpace.Factor(name: "seeds", count: sweep.seeds)]
    var product = 1
    var overflows = false
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor.count)
      (product, overflows) = (next, overflows || overflow)
    }
    guard overflows || product > TrialPlan.maximumTrials else { return true }
    let written = factors.map { "\($0.name) \($0.count)" }.joined(separator: " × ")
    problems.append(
      SpecDiagnostic(
        .tooManyTrials,
        "\(written) makes \(overflows ? "more than 2⁶³" : String(product)) trials; "
          + "at most \(TrialPlan.maximumTrials) are allowed",
        at: loaded.sweepPlace, remedy: "vary less, or split the sweep"))
    return false
  }

  /// What a sampler may choose and has not chosen in any point, each with the rest of a point and the
  /// places where it is written.
  func unusedValues() -> [(point: [SpecAssignment], places: Set<Mark>)] {
    guard isSampled, let swept else { return [] }
    return swept.axes.indices.flatMap { index -> [(point: [SpecAssignment], places: Set<Mark>)] in
      guard let base = chosen.first(where: { $0.values[index] != nil }) else { return [] }
      let axis = swept.axes[index]
      let candidates: [Double]
      switch axis.values {
      case .numbers(let range): candidates = [range.ends.lower, range.ends.upper]
      case .rows(let rows): candidates = rows.indices.prefix(1000).map(Double.init)
      }
      let used = Set(chosen.compactMap { $0.values[index] })
      return candidates.filter { !used.contains($0) }.map { value in
        let others = swept.axes.indices.filter { $0 != index }.flatMap { other in
          base.values[other].map { swept.axes[other].assignments($0) } ?? []
        }
        let own = axis.assignments(value)
        return (others + own, Set(own.flatMap { [$0.place, $0.value.mark] }))
      }
    }
  }
}
