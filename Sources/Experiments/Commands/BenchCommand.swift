import ArgumentParser
import Engine
import Foundation

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times training steps of a spec's network on made-up data.",
    discussion: """
      The data is drawn at random and held in memory, so that only the step is timed: forward, \
      losses, backward, solver. The input's size comes from data.size, data.crop or data.generated; \
      of a sweep, the first trial is taken.

        experiments bench Benchmarks/unet.yaml --steps 10
      """)

  @Argument(help: "The spec file.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String

  @Option(help: "Overrides a value of the spec: path=value.")
  var set: [String] = []

  @Option(help: "Steps to time, after two that are not.")
  var steps = 7

  @Option(help: "Threads; by default limits.threads, else one for each core.")
  var threads: Int?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
  }

  func run() throws {
    let trial = try ExperimentSpec.load(path: spec, overrides: set).plan().trials[0]
    let timing = try StepTiming(
      trial,
      threads: threads ?? trial.spec.limits.threads ?? ProcessInfo.processInfo.activeProcessorCount,
      steps: steps)
    print(json ? try JSONOutput.text(timing) : timing.facts.text())
  }
}
