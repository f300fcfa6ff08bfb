internal import Datasets
internal import Execution
import Foundation
internal import Groundwork
internal import Tracking
internal import Training

/// Measures a trial's network on made-up data.
struct Bench {
  let trial: Trial
  let threads: Int
  /// Training steps and predictions to time, after two of each that are not.
  let steps: Int
  var cache = AlgorithmCache.standard

  /// - Parameter progress: told in few words what is being measured.
  /// - Throws: ``Failure`` where the spec does not say the size of its images.
  func report(_ progress: (String) -> Void) throws -> BenchReport {
    let spec = trial.spec
    progress("choosing algorithms")
    let (benchmark, size) = try makeBenchmark()
    let training = try seconds("training") {
      try benchmark.train(step: $0)
    } report: {
      progress($0)
    }
    let prediction = seconds("predicting") { _ in
      benchmark.predict()
    } report: {
      progress($0)
    }
    let peakMemory = ProcessMemory.peak()
    progress("timing each part alone")
    let parts = benchmark.timeParts()
    progress("measuring the processor's peak")
    let computation = spec.training.computation
    let peak = try Devices.peakFlopsPerSecond(
      of: computation.device, computation.precision, threads: threads)
    let batchSize = spec.training.batchSize
    return BenchReport(
      template: spec.template.choice.name, size: "\(size)", batchSize: batchSize,
      threads: threads, precision: computation.precision.rawValue,
      determinism: computation.determinism.rawValue, recompute: computation.recomputes,
      processor: System.current.processor, instructionSet: EngineLibraries.instructionSet,
      parameters: benchmark.parameterCount,
      training: .init(
        seconds: training, batchSize: benchmark.imagesPerStep,
        flops: benchmark.flopsPerStep),
      prediction: .init(
        seconds: prediction, batchSize: batchSize, flops: benchmark.flopsPerPrediction),
      transforms: benchmark.transforms,
      peakFlopsPerSecond: peak, partsSeconds: parts.reduce(0) { $0 + $1.seconds },
      cachedPartsSeconds: parts.reduce(0) { $0 + $1.cachedSeconds },
      parts: parts.map {
        .init(
          name: $0.name, direction: $0.direction, seconds: $0.seconds, flops: $0.flops,
          implementation: $0.implementation)
      },
      memory: .init(
        tensors: benchmark.memoryBytes, program: benchmark.programBytes, peak: peakMemory),
      algorithms: benchmark.algorithms)
  }

  /// Median seconds of a training step, and its FLOPs.
  func scalePoint(
    _ progress: (String) -> Void
  ) throws -> (seconds: Double, flops: Int) {
    let (benchmark, _) = try makeBenchmark()
    let times = try seconds("training") {
      try benchmark.train(step: $0)
    } report: {
      progress($0)
    }
    return (times.sorted()[times.count / 2], benchmark.flopsPerStep)
  }

  private func makeBenchmark() throws -> (StepBenchmark, SpatialExtent) {
    let spec = trial.spec
    let extent = try Self.extent(of: trial)
    var configuration = spec.trainingConfiguration(threads: threads)
    configuration.computation.knownAlgorithms = cache.load()
    let classes = trial.dataConfiguration(generatedFolder: "").classes
    let benchmark = try StepBenchmark(
      configuration, extent: extent, channels: spec.data.channels, classes: classes.count,
      classNames: classes)
    if configuration.computation.determinism != .portable { cache.add(benchmark.algorithms) }
    return (benchmark, extent)
  }

  /// The extent of the samples that the trial is trained on.
  ///
  /// - Throws: ``Failure`` where only the files would tell the size.
  static func extent(of trial: Trial) throws -> SpatialExtent {
    if let known = trial.spec.data.knownExtent { return known.extent }
    throw Failure(
      .badInput,
      "error: the size of the images is not known without reading them: set data.size, or give "
        + "--size")
  }

  private func seconds(
    _ activity: String, _ run: (Int) throws -> Double, report: (String) -> Void
  ) rethrows -> [Double] {
    try (0..<steps + 2).map { index in
      let seconds = try run(index)
      let left = Double(steps + 1 - index) * seconds
      report("\(activity) \(index + 1)/\(steps + 2), \(Units.duration(left)) left")
      return seconds
    }.suffix(steps)
  }
}
