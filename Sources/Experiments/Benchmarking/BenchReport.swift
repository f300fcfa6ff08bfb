import Foundation
internal import Tracking
internal import Training

/// What `bench` measured: how fast a network trains and predicts, and what of it the time and the
/// memory go to.
struct BenchReport: Encodable, Sendable {
  let template: String
  let size: String
  let batchSize: Int
  let threads: Int
  let precision: String
  let determinism: String
  let recompute: Bool
  let processor: String
  let instructionSet: String
  let parameters: Int
  let training: Speed
  let prediction: Speed
  /// The number of transforms of each image whose predictions are averaged.
  let transforms: Int
  /// FLOPs a second of a large product of matrices.
  let peakFlopsPerSecond: Double
  /// Seconds of all parts of a training step, each timed by itself, its tensors in memory.
  let partsSeconds: Double
  /// The same, with what fits there in the caches.
  let cachedPartsSeconds: Double
  let parts: [Part]
  let memory: Memory
  /// The algorithms of the convolutions, by the convolution's description.
  let algorithms: [String: String]

  struct Speed: Encodable, Sendable {
    /// Seconds of a batch.
    let median: Double
    let minimum: Double
    let imagesPerSecond: Double
    /// FLOPs that the definition asks for, in a second.
    let flopsPerSecond: Double

    init(seconds: [Double], batchSize: Int, flops: Int) {
      let sorted = seconds.sorted()
      median = sorted[sorted.count / 2]
      minimum = sorted[0]
      imagesPerSecond = Double(batchSize) / median
      flopsPerSecond = Double(flops) / median
    }
  }

  struct Part: Encodable, Sendable {
    let name: String
    let direction: PartTime.Direction
    let seconds: Double
    let flops: Int
    let implementation: String
  }

  /// Amounts of memory, in bytes.
  struct Memory: Encodable, Sendable {
    /// The bytes of the tensors, as planned.
    let tensors: Int
    /// The bytes that the program held before it took those of the tensors.
    let program: Int
    /// The most bytes that the process has held.
    let peak: Int

    var planned: Int { tensors + program }
  }
}

// MARK: - For people

extension BenchReport {
  func text(style: Style) -> String {
    [facts.text(style: style), "", dearest(10, style: style)].joined(separator: "\n")
  }

  private var facts: FactList {
    var facts = FactList()
    facts.add("network", "\(template), \(Units.count(parameters)) parameters")
    facts.add(
      "input",
      "\(size), batch \(batchSize), \(precision), \(Units.count(threads, "thread"))"
        + (determinism == "machine" ? "" : ", \(determinism)") + (recompute ? ", recompute" : ""))
    facts.add("processor", "\(processor), \(instructionSet)")
    facts.add("training", text(of: training))
    facts.add(
      "prediction",
      text(of: prediction)
        + (transforms > 1 ? ", \(Units.count(transforms, "transform")) of each image" : ""))
    facts.add(
      "peak",
      "\(giga(peakFlopsPerSecond)) GFLOP/s of a matrix product; "
        + "the training step reaches \(percent(training.flopsPerSecond / peakFlopsPerSecond)) of it"
    )
    facts.add(
      "parts",
      "\(Units.decimals(partsSeconds, 4)) s, each timed alone; "
        + "the step takes \(Units.decimals(training.median / partsSeconds, 3)) times that "
        + "(\(Units.decimals(training.median / cachedPartsSeconds, 3)) times what they take where "
        + "caches help)")
    facts.add(
      "memory",
      "\(Units.bytes(memory.planned)) planned, \(Units.bytes(memory.tensors)) of it tensors; "
        + "\(Units.bytes(memory.peak)) measured (\(Units.signedPercent(Double(memory.peak) / Double(memory.planned) - 1)))"
    )
    return facts
  }

  /// `0.4120 s median, 0.4061 s minimum, 9.7 images/s, 702 GFLOP/s`
  private func text(of speed: Speed) -> String {
    "\(Units.decimals(speed.median, 4)) s median, \(Units.decimals(speed.minimum, 4)) s minimum, "
      + "\(Units.rate(speed.imagesPerSecond, "images")), \(giga(speed.flopsPerSecond)) GFLOP/s"
  }

  private func dearest(_ count: Int, style: Style) -> String {
    var table = TableLayout([
      ("dearest operations", .left), ("", .left), ("ms", .right), ("share", .right),
      ("GFLOP/s", .right), ("implementation", .left),
    ])
    for part in parts.sorted(by: { $0.seconds > $1.seconds }).prefix(count) {
      table.add([
        part.name, part.direction.rawValue, Units.decimals(part.seconds * 1e3, 2),
        percent(part.seconds / partsSeconds),
        part.flops == 0 ? "" : giga(Double(part.flops) / part.seconds),
        part.implementation,
      ])
    }
    return table.text(style: style)
  }

  private func giga(_ perSecond: Double) -> String {
    Units.count(Int((perSecond * 1e-9).rounded()))
  }

  private func percent(_ part: Double) -> String { "\(Units.decimals(100 * part, 1)) %" }
}
