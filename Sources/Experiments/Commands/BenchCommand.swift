import ArgumentParser
import Foundation

struct BenchCommand: ColoringCommand {
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
        experiments bench camvid.yaml --data --set limits.cache_memory=0
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

  /// What is timed instead of a network's steps.
  enum Subject: String, EnumerableFlag {
    case scale
    case data
    case augmentation

    static func help(for value: Subject) -> ArgumentHelp? {
      switch value {
      case .scale: "Show how the time grows with batch, image area and channels."
      case .data: "Show what reading the spec's own data costs a training."
      case .augmentation: "Time the augmentations, on --steps × 20 samples for each thread."
      }
    }
  }

  @Flag(exclusivity: .exclusive)
  var subject: Subject?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1, not \(steps)") }
    guard size.isEmpty || size.count == 2, size.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--size takes height and width, as in --size 352 480")
    }
    guard spec != nil || template != nil else {
      throw ValidationError("name a spec file, or a network with --template")
    }
    guard subject != .data || spec != nil else {
      throw ValidationError("--data needs the spec file that names the data")
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
    switch subject {
    case .scale:
      try showScale(threads, screen)
    case .data:
      let report = try BenchData(trial, threads: threads, steps: steps) { screen.draw([$0]) }
      try show(report, report.text(style:), screen)
    case .augmentation:
      let report = try BenchAugmentation(of: trial, samples: 20 * steps, threads: threads)
      try show(report, report.text(style:), screen)
    case nil:
      let bench = Bench(trial: trial, threads: threads, steps: steps)
      let report = try bench.report { screen.draw([$0]) }
      try show(report, report.text(style:), screen)
    }
  }

  private func show(_ report: some Encodable, _ text: (Style) -> String, _ screen: Screen) throws {
    screen.clear()
    print(try json ? JSONOutput.text(report) : text(.output))
  }

  private func showScale(_ threads: Int, _ screen: Screen) throws {
    let first = try trial()
    let extent = try Bench.extent(of: first)
    guard extent.rank == 2 else {
      throw Failure(
        .badInput,
        "error: --scale measures networks of images, and the spec's samples are \(extent)")
    }
    let known = extent.size
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
    try show(scale, scale.text(style:), screen)
  }

  private func trial(_ overrides: [String] = []) throws -> Trial {
    try BenchSubject(
      spec: spec, template: template, size: size, batchSize: batch, precision: precision,
      overrides: set + overrides, results: ResultsFolder.find(nil).path
    ).trial()
  }
}
