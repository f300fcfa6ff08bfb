import ArgumentParser
import Engine
import Foundation

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time how fast a network trains and predicts, and say what the time goes to.",
    discussion: """
      The data is made up and held in memory, so that only the step is timed: forward, losses, \
      backward, solver. The network is a spec's (the first trial of a sweep) or one that the \
      options name.

        experiments bench Benchmarks/unet.yaml --steps 10
        experiments bench --template enet --size 352 480 --batch 4 --precision bf16
        experiments bench Benchmarks/unet.yaml --set training.determinism=portable --json
        experiments bench Benchmarks/unet.yaml --scale
        experiments bench Benchmarks/augmentation.yaml --augmentation
      """)

  @Argument(help: "The spec file.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String?

  @Option(help: "The template, with its own numbers by --set template.base_channels=32.")
  var template: String?

  @Option(parsing: .upToNextOption, help: "Height and width of the images.")
  var size: [Int] = []

  @Option(help: "Images of a step.")
  var batch: Int?

  @Option(help: "f32 or bf16.")
  var precision: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Replace a value of the spec. May be repeated.", valueName: "path=value"))
  var set: [String] = []

  @Option(help: "Steps to time, after two that are not.")
  var steps = 7

  @Option(help: "Threads; by default limits.threads, else one for each core.")
  var threads: Int?

  @Flag(help: "Show how the time grows with batch, image area and channels.")
  var scale = false

  @Flag(help: "Time the augmentations instead, on --steps × 20 samples for each thread.")
  var augmentation = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1, not \(steps)") }
    guard size.isEmpty || size.count == 2, size.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--size takes height and width, as in --size 352 480")
    }
    guard spec != nil || template != nil else {
      throw ValidationError("name a spec file, or a network with --template")
    }
    guard !(augmentation && scale) else {
      throw ValidationError("--scale is of the network: leave --augmentation or it out")
    }
    guard threads ?? 1 >= 1 else {
      throw ValidationError("--threads must be at least 1, not \(threads ?? 0)")
    }
  }

  func run() throws {
    let trial = try trial()
    let threads =
      threads ?? trial.spec.limits.threads ?? ProcessInfo.processInfo.activeProcessorCount
    WorkerEnvironment.adopt(threads: threads)
    let screen = Screen.standardError()
    defer { screen.clear() }
    if augmentation {
      let report = try BenchAugmentation(of: trial, samples: 20 * steps, threads: threads)
      print(try json ? JSONOutput.text(report) : report.text(style: .output))
    } else if scale {
      try showScale(threads, screen)
    } else {
      let report = try Bench(trial: trial, threads: threads, steps: steps)
        .report { screen.draw([$0]) }
      screen.clear()
      print(try json ? JSONOutput.text(report) : report.text(style: .output))
    }
  }

  private func showScale(_ threads: Int, _ screen: Screen) throws {
    let first = try trial()
    let known = try Bench.size(of: first)
    var channels: Int?
    if case .integer(let count) = first.spec.template.choice.values.all["base_channels"] {
      channels = count
    }
    let scale = try BenchScale(
      batch: first.spec.training.batchSize, size: known, channels: channels
    ) { overrides in
      let bench = Bench(
        trial: try trial(overrides), threads: threads, steps: steps)
      let label = overrides.joined(separator: " ")
      return try bench.scalePoint { screen.draw(["\(label): \($0)"]) }
    }
    screen.clear()
    print(try json ? JSONOutput.text(scale) : scale.text(style: .output))
  }

  private func trial(_ overrides: [String] = []) throws -> Trial {
    try BenchSubject(
      spec: spec, template: template, size: size, batchSize: batch, precision: precision,
      overrides: set + overrides
    ).trial()
  }
}
