import ArgumentParser

/// Finds everything that is wrong with a spec and its data, and says what it would cost.
struct CheckCommand: ColoringCommand {
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
  @OptionGroup var points: PointsOption

  @Option(help: "One of \(CheckFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = CheckFormat.text

  @Flag(help: "Print JSON: short for --format json.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    try points.check(spec)
    if json, format == .sarif {
      throw ValidationError("--json and --format sarif exclude each other: leave one of them out")
    }
  }

  func run() throws {
    guard format == .sarif else { return try check() }
    do {
      let (facts, plan, _) = try found()
      try requireMemory(facts, plan)
      try print(JSONOutput.text(SARIFLog(facts.warnings)))
    } catch {
      guard let log = SARIFLog(error) else { throw error }
      print(try JSONOutput.text(log))
      throw Failure(ExitStatus.status(of: error) ?? .badInput)
    }
  }

  private func check() throws {
    let (facts, plan, jobs) = try found()
    if json || format == .json {
      // One document: what is wrong, or else the facts.
      try requireMemory(facts, plan)
      print(try JSONOutput.text(facts))
    } else {
      facts.warnings.say(on: .standardError())
      print(facts.text(of: plan, jobs: jobs, style: .output))
      try requireMemory(facts, plan)
    }
  }

  /// What a spec would cost that nothing is wrong with but perhaps the memory that it takes.
  private func found() throws -> (facts: PlanFacts, plan: TrialPlan, jobs: JobPlan) {
    let inspected = try spec.inspected(
      spec.plan(results.folder), results.store, only: points.only)
    let plan = inspected.plan
    let survey = try Sweep(inspected: inspected, store: results.store).survey(plan.trials)
    try strictness.enforce(survey.facts.warnings)
    return (survey.facts, plan, survey.jobs)
  }

  private func requireMemory(_ facts: PlanFacts, _ plan: TrialPlan) throws {
    guard let limit = plan.limits.memory else { return }
    try facts.memoryReport(of: plan.trials).require(atMost: limit)
  }
}
