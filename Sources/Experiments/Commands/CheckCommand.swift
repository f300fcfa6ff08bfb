import ArgumentParser

/// Finds everything that is wrong with a spec and its data, and says what it would cost.
struct CheckCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a spec and its data; say what it would cost. Nothing is recorded.",
    discussion: """
      experiments check experiments/quickstart.yaml
      experiments check experiments/quickstart.yaml --set training.batch_size=16
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func run() throws {
    let inspected = try spec.inspected(spec.plan(results.folder), results.store)
    let plan = inspected.plan
    let survey = try Sweep(inspected: inspected, store: results.store).survey(plan.trials)
    let facts = survey.facts
    if !json { facts.warnings.say(on: .standardError()) }
    print(
      try json
        ? JSONOutput.text(facts) : facts.text(of: plan, jobs: survey.jobs, style: .output))
    if let limit = plan.limits.memory {
      try facts.memoryReport(of: plan.trials).require(atMost: limit)
    }
  }
}
