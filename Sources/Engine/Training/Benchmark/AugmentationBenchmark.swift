internal import CKernels
package import Datasets
internal import Foundation
package import Groundwork

/// Times augmentations alone, on made-up samples in memory: no file is read, nothing is normalised.
package struct AugmentationBenchmark: Sendable {
  private let pipeline: AugmentationPipeline
  private let scenes: MadeUpSamples

  /// - Parameter size: the size of the samples that go in.
  /// - Throws: ``ComponentError`` where an augmentation cannot be applied to images of this size.
  package init(
    _ augmentations: [any Augmentation], size: Size, stack: ImageStack, classes: Int
  ) throws(ComponentError) {
    pipeline = try AugmentationPipeline(augmentations, seed: 1)
    _ = try pipeline.outputSize(for: size)
    scenes = MadeUpSamples(size: size, stack: stack, classes: classes)
  }

  /// The milliseconds that one thread takes for a sample, all augmentations in their order, while
  /// `threads` threads work at the same time. The slowest thread counts.
  ///
  /// - Parameter samples: how many samples each thread augments, after a few that are not timed.
  /// - Throws: ``SystemThreadError`` where no thread can be started.
  package func milliseconds(samples: Int, threads: Int) throws(SystemThreadError) -> Double {
    let times = Times()
    try LoaderThreads(threads) {
      var scenes = scenes
      var sample = scenes.empty
      func run(_ numbers: Range<Int>) {
        for number in numbers {
          scenes.fill(&sample, number)
          // Samples in memory can always be read.
          try? pipeline.apply(to: &sample, epoch: 0, number: number, others: &scenes)
        }
      }
      run(0..<5)
      let watch = Stopwatch()
      run(5..<5 + samples)
      times.add(watch.seconds)
    }.join()
    return 1000 * times.longest / Double(samples)
  }

  private final class Times: @unchecked Sendable {
    private let lock = NSLock()
    private var seconds: [Double] = []
    func add(_ value: Double) { lock.withLock { seconds.append(value) } }
    var longest: Double { lock.withLock { seconds.max() ?? 0 } }
  }
}

/// A few samples of random values and labels.
private struct MadeUpSamples: SampleSource, Sendable {
  private let samples: [LoadedSample]
  let empty: Sample

  init(size: Size, stack: ImageStack, classes: Int) {
    let channels = stack.channels
    samples = (0..<4).map { index in
      var random = RandomStream(seed: 1, purpose: .init("scene"), sample: index)
      let values = (0..<size.area * channels).map { _ in UInt8(random.below(256)) }
      return LoadedSample(
        raster: Raster(size: size, channels: channels, pixels: values),
        labels: StoredLabels(
          (0..<size.area).map { _ in Label(random.below(classes)) }, values: classes))
    }
    empty = Sample(
      size: Size(height: 0, width: 0), stack: stack, image: [], labels: [],
      fill: Array(repeating: 128, count: channels))
  }

  var count: Int { samples.count }
  func number(of index: Int) -> Int { index }
  func read(_ index: Int, into sample: inout Sample) { fill(&sample, index) }
  func fill(_ sample: inout Sample, _ number: Int) {
    sample.replace(by: samples[number % samples.count])
  }
}
