import ArgumentParser
import Tracking

/// Gives a run a name of its own.
struct NameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "name",
    abstract: "Give a run a name that selects it, or take it away.",
    discussion: """
      experiments name camvid/3 baseline
      experiments show camvid/baseline
      experiments name camvid/3 --clear
      experiments name camvid strongest --where 'max(mean_iou) > 0.72'

      No two runs of an experiment have one name. It decides nothing else of the run.
      """)

  @Argument(
    help: "The run: an id, experiment/number, experiment/name, @last or @best:experiment.",
    completion: .runs)
  var selector: String

  @Argument(help: "The name; by default the one that the run has is printed.")
  var name: String?

  @Flag(help: "Take the name away.")
  var clear = false

  @OptionGroup var filter: FilterOption

  @OptionGroup var results: ResultsOption

  func validate() throws {
    if clear, name != nil { throw ValidationError("a name and --clear: write one of them") }
  }

  func run() throws {
    let run = try results.run(selector, filter)
    guard name != nil || clear else {
      if let name = run.labels.name { print("\(run.experiment)/\(name)".printable) }
      return
    }
    let labels = try results.store.label(run.id, experiment: run.experiment, .name(name))
    print(
      labels.name.map { "\(run.name) is \(run.experiment)/\($0)".printable }
        ?? "\(run.name) has no name now".printable)
  }
}
