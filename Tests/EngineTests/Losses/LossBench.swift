import CKernels
import Engine

/// A batch of random logits and labels, and what a loss makes of it in any layout.
struct LossBench {
  let shape: Shape
  /// `[N, K, H, W]`.
  var logits: [Float]
  /// `[N, H, W]`.
  var labels: [UInt8]
  var threads = 1
  var labelling = Labelling.exclusive

  /// Logits in −3…3; about one label in six is ignored.
  init(_ shape: Shape, seed: UInt64 = 1) {
    self.shape = shape
    var random = RandomStream(seed: seed, purpose: .init("loss bench"))
    logits = (0..<shape.count).map { _ in random.uniform(-3, 3) }
    labels = (0..<shape.batch * shape.area).map { _ in
      random.below(6) == 0 ? Labels.ignored : UInt8(random.below(shape.channels))
    }
  }

  init(_ shape: Shape, logits: [Float], labels: [UInt8]) {
    self.shape = shape
    self.logits = logits
    self.labels = labels
  }

  /// Made-up counts, every class present.
  var statistics: ClassStatistics {
    let pixels = (0..<shape.channels).map { UInt64(100 + 37 * $0) }
    return ClassStatistics(pixels: pixels, pixelsOfImagesWithClass: pixels.map { $0 + 500 })
  }

  struct Result: Equatable {
    var value: Double
    /// `[N, K, H, W]`.
    var gradient: [Float]
    /// The gradient's lanes beyond K.
    var padding: [Float]
  }

  /// - Parameters:
  ///   - initial: what the gradient holds before; the padding lanes of the logits are NaN, as no
  ///     loss may look at them.
  func evaluate(
    _ loss: any Loss, block: Int = 1, weight: Float = 1, initial: Float = 0
  ) throws -> Result {
    let layout = TensorLayout(shape, block: block)
    let kernel = try loss.makeKernel(
      for: LossContext(
        logits: layout, statistics: statistics, threads: threads, labelling: labelling))
    var stored = [Float](repeating: .nan, count: layout.elements)
    let places = layout.places
    for (value, place) in zip(logits, places) { stored[place] = value }
    var gradient = [Float](repeating: initial, count: layout.elements)
    let value = gradient.withUnsafeMutableBufferPointer {
      kernel.evaluate(
        logits: stored, labels: labels, weight: weight, gradient: $0.baseAddress)
    }
    let inside = Set(places)
    return Result(
      value: value, gradient: places.map { gradient[$0] },
      padding: gradient.indices.filter { !inside.contains($0) }.map { gradient[$0] })
  }

  func value(_ loss: any Loss) throws -> Double {
    let kernel = try loss.makeKernel(
      for: LossContext(
        logits: TensorLayout(shape), statistics: statistics, threads: threads,
        labelling: labelling))
    return kernel.evaluate(logits: logits, labels: labels, weight: 1, gradient: nil)
  }
}
