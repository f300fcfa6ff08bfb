internal import Datasets
internal import Execution
import Foundation
internal import Tracking
internal import Training

/// What a trial's own data costs: reading, decoding and augmenting it, alone and beside a training.
struct BenchData: Encodable, Sendable {
  let trainingSamples: Int
  let size: String
  let batchSize: Int
  let threads: Int
  let loaderThreads: Int
  /// Bytes that decoded images may take; what does not fit is decoded every time.
  let cacheMemory: Int
  /// The images that the loader delivers a second where nothing else runs.
  let imagesPerSecond: Double
  /// The median seconds of a training step on batches from the loader.
  let fromLoader: Double
  /// The median seconds of a training step on batches that lie ready in memory. These steps are
  /// timed by turns with those from the loader.
  let fromMemory: Double
  /// The extra time of all steps from the loader together, as a fraction of the time from memory.
  let overhead: Double

  /// - Parameters:
  ///   - steps: the number of steps to time.
  ///   - progress: told in few words what is being done.
  /// - Throws: ``DataError`` where the data is wrong, ``TrainingError`` where the network does not
  ///   fit it.
  init(
    _ trial: Trial, threads: Int, steps: Int, cache: AlgorithmCache = .standard,
    progress: @escaping (String) -> Void
  ) throws {
    let scenes = FileManager.default.temporaryDirectory
      .appendingPathComponent("experiments-bench-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scenes) }
    cacheMemory = trial.spec.limits.keptImages
    let data = try SegmentationData.load(
      trial.dataConfiguration(generatedFolder: scenes), seed: trial.record.seed,
      cacheBytes: cacheMemory
    ) { progress("reading \($0)/\($1) samples") }
    trainingSamples = data.train.count
    size = "\(data.train.size)"
    batchSize = trial.spec.training.batchSize
    self.threads = threads
    loaderThreads = Loader.standardThreads

    var configuration = trial.trainingConfiguration(threads: threads)
    configuration.computation.knownAlgorithms = cache.load()
    let benchmark = LoaderBenchmark(configuration, data: data)
    progress("preparing batches")
    imagesPerSecond = try benchmark.imagesPerSecond(batches: max(20, steps))
    progress("training with the loader and without")
    let seconds = try benchmark.steps(steps)
    fromLoader = seconds.fromLoader.sorted()[steps / 2]
    fromMemory = seconds.fromMemory.sorted()[steps / 2]
    overhead = seconds.overhead
  }

  func text(style: Style) -> String {
    var facts = FactList()
    facts.add(
      "data",
      "\(Units.count(trainingSamples, "training sample")), \(size), batch \(batchSize); "
        + "\(Units.bytes(cacheMemory)) for decoded images")
    facts.add(
      "loader",
      "\(Units.rate(imagesPerSecond, "images")) alone, on \(Units.count(loaderThreads, "thread"))")
    facts.add(
      "training",
      "\(Units.decimals(fromLoader, 4)) s a step with the loader, "
        + "\(Units.decimals(fromMemory, 4)) s on batches in memory "
        + "(\(Units.signedPercent(overhead)) in all), on \(Units.count(threads, "thread"))")
    return facts.text(style: style)
  }
}
