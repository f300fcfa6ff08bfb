import ArgumentParser

/// Finds everything that is wrong with a spec and its data, and says what it would cost.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a spec and its data; say what it would cost. Nothing is recorded.",
    discussion: """
      experiments check experiments/quickstart.yaml
      experiments check experiments/quickstart.yaml --set training.batch_size=16
      experiments check experiments/quickstart.yaml --strict --format sarif > check.sarif

      Every finding has a code, which 'experiments explain' tells more of. SARIF is for code hosts and \
      editors, which show findings beside the lines.
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption
  @OptionGroup var strictness: StrictOption

  @Option(help: "One of \(CheckFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = CheckFormat.text

  @Flag(help: "Print JSON: short for --format json.")
  var json = false

  func validate() throws {
    if json, format == .sarif {
      throw ValidationError("--json and --format sarif exclude each other: leave one of them out")
    }
  }

  func run() throws {
    guard format == .sarif else { return try check() }
    do {
      try print(JSONOutput.text(SARIFLog(found().facts.warnings)))
    } catch {
      guard let log = SARIFLog(error) else { throw error }
      print(try JSONOutput.text(log))
      throw Failure(ExitStatus.status(of: error) ?? .badInput)
    }
  }

  private func check() throws {
    let isJSON = json || format == .json
    let (facts, plan, jobs) = try found { warnings in
      if !isJSON { warnings.say(on: .standardError()) }
    }
    print(try isJSON ? JSONOutput.text(facts) : facts.text(of: plan, jobs: jobs, style: .output))
  }

  /// What a spec that may be run costs.
  ///
  /// - Parameter warn: is told the warnings, where they are not errors.
  private func found(
    _ warn: (PlanWarnings) -> Void = { _ in }
  ) throws -> (facts: PlanFacts, plan: TrialPlan, jobs: JobPlan) {
    let inspected = try spec.inspected(spec.plan(results.folder), results.store)
    let plan = inspected.plan
    let survey = try Sweep(inspected: inspected, store: results.store).survey(plan.trials)
    try strictness.enforce(survey.facts.warnings)
    warn(survey.facts.warnings)
    if let limit = plan.limits.memory {
      try survey.facts.memoryReport(of: plan.trials).require(atMost: limit)
    }
    return (survey.facts, plan, survey.jobs)
  }
}
