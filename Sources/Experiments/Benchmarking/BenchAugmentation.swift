internal import Datasets
internal import Groundwork
internal import Training

/// How long the augmentations of a spec take, each alone and all in their order.
struct BenchAugmentation: Encodable {
  let size: String
  let threads: Int
  /// For a sample, of one thread.
  let milliseconds: Double
  let samplesPerSecond: Double
  let parts: [Part]

  struct Part: Encodable {
    let name: String
    let milliseconds: Double
  }

  /// - Throws: ``Failure`` where there is nothing to time, ``ComponentError`` where an augmentation
  ///   cannot be applied to images of the size.
  init(of trial: Trial, samples: Int, threads: Int) throws {
    let steps = trial.spec.augmentation.steps
    guard !steps.isEmpty else {
      throw Failure(.usage, "error: the spec has no augmentation to time")
    }
    let extent = try Bench.extent(of: trial)
    guard extent.rank == 2 else {
      throw Failure(
        .badInput, "error: augmentations are timed on images, and the spec's samples are \(extent)")
    }
    let size = extent.size
    let stack = trial.spec.data.stack
    let classes = trial.dataConfiguration(generatedFolder: "").classes.count
    func time(_ augmentations: [any Augmentation], _ size: Size) throws -> Double {
      try AugmentationBenchmark(
        augmentations, size: size, stack: stack, classes: classes
      ).milliseconds(samples: samples, threads: threads)
    }
    self.size = "\(size)"
    self.threads = threads
    milliseconds = try time(steps.map(\.augmentation), size)
    samplesPerSecond = 1000 * Double(threads) / milliseconds
    var seen = size
    parts = try steps.map { step in
      defer { seen = (try? step.augmentation.outputSize(for: seen)) ?? seen }
      return Part(name: step.choice.name, milliseconds: try time([step.augmentation], seen))
    }
  }

  func text(style: Style) -> String {
    var list = FactList()
    for part in parts { list.add(part.name, Self.text(part.milliseconds)) }
    list.add("all", Self.text(milliseconds))
    let rate = Int(samplesPerSecond.rounded())
    return "\(size), \(Units.count(threads, "thread")), \(rate) samples/s\n"
      + list.text(style: style)
  }

  private static func text(_ milliseconds: Double) -> String {
    let hundredths = Int((100 * milliseconds).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) ms a sample"
  }
}
