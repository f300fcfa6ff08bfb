import ArgumentParser
import Foundation

/// Shows which learning rates a spec can be trained with.
struct LRRangeCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "lr-range",
    abstract: "Train briefly with a growing learning rate, and suggest one. Nothing is recorded.",
    discussion: """
      The learning rate grows from step to step by the same factor, until the loss diverges or the \
      last rate is reached (Smith 2017). Where the smoothed loss falls most steeply is a rate to \
      begin with. Schedule, warm-up and averages of the spec have no part in it. The spec is that \
      of the first trial of a sweep; neither weights nor records are kept, only the algorithms of \
      convolutions that were measured, in the user's cache.

        experiments lr-range experiments/quickstart.yaml
        experiments lr-range unet.yaml --from 1e-6 --to 1 --steps 200
        experiments lr-range unet.yaml --plot rates.svg
        experiments lr-range unet.yaml --set solver.type=SGD --json
      """)

  @OptionGroup var spec: SpecOptions

  @Option(help: "The rate of the first step.")
  var from = 1e-7

  @Option(help: "The rate of the last step.")
  var to = 10.0

  @Option(help: "Steps from the first rate to the last.")
  var steps = 100

  @Option(help: "Threads; by default limits.threads, else one for each core.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Also draw the curve into this file: \(FigureFile.Kind.endings).", valueName: "file"),
    completion: .file(extensions: FigureFile.Kind.allCases.map(\.rawValue)))
  var plot: String?

  @Flag(help: "Print JSON.")
  var json = false

  static let minimumSteps = 10

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard from > 0, from.isFinite else {
      throw ValidationError("--from must be above 0, not \(from)")
    }
    guard to > from, to.isFinite else {
      throw ValidationError("--to must be above --from, \(from), not \(to)")
    }
    guard steps >= Self.minimumSteps else {
      throw ValidationError("--steps must be at least \(Self.minimumSteps), not \(steps)")
    }
    if let plot, FigureFile(plot) == nil {
      throw ValidationError("--plot \(plot): name a file that ends in \(FigureFile.Kind.endings)")
    }
    guard threads ?? 1 >= 1 else {
      throw ValidationError("--threads must be at least 1, not \(threads ?? 0)")
    }
  }

  func run() throws {
    let trial = try spec.beginningPlan(.find(nil)).trials[0]
    let threads =
      threads ?? trial.spec.limits.threads ?? ProcessInfo.processInfo.activeProcessorCount
    WorkerEnvironment.adopt(threads: threads)
    let stop = StopRequest()
    try Interrupts.watch { _ in stop.make() }
    let screen = Screen.standardError()
    defer { screen.clear() }
    let curve = try LearningRateFinder(
      trial: trial, threads: threads, rates: from...to, steps: steps
    )
    .measure { report in
      let rate = LearningRateReport.text(report.learningRate)
      let loss = Units.decimals(report.loss, 4)
      screen.draw(["step \(report.step)/\(report.steps)  rate \(rate)  loss \(loss)"])
      return !stop.isMade
    }
    screen.clear()
    let report = LearningRateReport(curve, of: trial)
    if let file = plot.flatMap({ FigureFile($0) }) { try file.write(report.figure) }
    print(try json ? JSONOutput.text(report) : report.text(style: .output))
    if curve.end == .stopped { throw Failure(.interrupted) }
  }
}
