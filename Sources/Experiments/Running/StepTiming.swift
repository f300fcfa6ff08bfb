import Engine
import Foundation

/// How long the steps of a trial take, and what they take.
struct StepTiming: Encodable {
  let template: String
  let size: String
  let batchSize: Int
  let threads: Int
  let parameters: Int
  /// Seconds.
  let median: Double
  let minimum: Double
  let imagesPerSecond: Double
  /// Multiplications and additions, in 10⁹ a second.
  let gigaflops: Double
  /// Bytes: what the plan says, and the most that the process has held.
  let plannedMemory: Int
  let peakMemory: Int

  /// Two steps are run before those that are timed.
  ///
  /// - Throws: ``SpecErrors`` where the spec does not say the size of its images.
  init(_ trial: Trial, threads: Int, steps: Int) throws {
    let spec = trial.spec
    guard let known = spec.data.knownSize else {
      throw Failure(
        .badInput, "error: the size of the images is not known without reading them: set data.size")
    }
    let configuration = spec.trainingConfiguration(threads: threads)
    let benchmark = try StepBenchmark(
      configuration, size: known.size, channels: spec.data.channels,
      classes: trial.dataConfiguration(generatedFolder: "").classes.count)
    let seconds = benchmark.run(steps: steps + 2).dropFirst(2).sorted()
    template = spec.template.choice.name
    size = "\(known.size)"
    batchSize = configuration.batchSize
    self.threads = threads
    parameters = benchmark.parameterCount
    median = seconds[seconds.count / 2]
    minimum = seconds[0]
    imagesPerSecond = Double(batchSize) / median
    gigaflops = Double(benchmark.operationsPerStep) / median * 1e-9
    plannedMemory = benchmark.memoryBytes
    peakMemory = Self.peakMemory()
  }

  var facts: FactList {
    var facts = FactList()
    facts.add("network", "\(template), \(Units.count(parameters)) parameters")
    facts.add("input", "\(size), batch \(batchSize), \(Units.count(threads, "thread"))")
    facts.add(
      "step", "\(Units.decimals(median, 4)) s median, \(Units.decimals(minimum, 4)) s minimum")
    facts.add("speed", "\(Units.rate(imagesPerSecond, "images")), \(Int(gigaflops)) GFLOP/s")
    facts.add(
      "memory", "\(Units.bytes(plannedMemory)) of tensors, \(Units.bytes(peakMemory)) in all")
    return facts
  }

  /// Bytes, as the system counted them.
  private static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
