import ArgumentParser

/// Shows the trials of a spec before, while and after they run.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "List the trials of a spec, with their status where they are recorded.",
    discussion: "experiments plan experiments/quickstart.yaml")

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let plan = try spec.inspected(spec.plan(results.folder), results.store).plan
    let table = try PlanTable(plan, store: results.store)
    if !json {
      let screen = Screen.standardError()
      var warnings = PlanWarnings()
      warnings.addFindings(of: plan)
      warnings.say(on: screen)
      for note in table.notes { screen.print(note) }
    }
    print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
  }
}
