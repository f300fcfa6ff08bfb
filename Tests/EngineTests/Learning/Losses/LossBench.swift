import CKernels
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
@testable import Tasks

/// A batch of random logits, of classes and of edges, and labels, and what a loss makes of it in any
/// layout.
struct LossBench {
  let shape: Shape
  /// `[N, K, H, W]`.
  var logits: [Float]
  /// `[N, 1, H, W]`.
  var edges: [Float]
  /// `[N, H, W]`.
  var labels: [Label]
  var threads = 1
  var task: any SegmentationTask = SemanticTask()
  /// What the labels are; `nil` where the task says it.
  var truth: Truth?

  /// Logits in −3…3; about one label in six is ignored.
  init(_ shape: Shape, seed: UInt64 = 1) {
    self.shape = shape
    var random = RandomStream(seed: seed, purpose: .init("loss bench"))
    logits = (0..<shape.count).map { _ in random.uniform(-3, 3) }
    labels = (0..<shape.batch * shape.area).map { _ in
      random.below(6) == 0 ? Labels.ignoreIndex : Label(random.below(shape.channels))
    }
    edges = labels.map { _ in random.uniform(-3, 3) }
  }

  /// - Parameter edges: 0 where none are given.
  init(_ shape: Shape, logits: [Float], labels: [Label], edges: [Float]? = nil) {
    self.shape = shape
    self.logits = logits
    self.labels = labels
    self.edges = edges ?? labels.map { _ in 0 }
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
    /// `[N, 1, H, W]`.
    var edgeGradient: [Float]
    /// The gradients' lanes beyond K, and beyond 1.
    var padding: [Float]
  }

  /// - Parameters:
  ///   - initial: what the gradient holds before; the padding lanes of the logits are NaN, as no
  ///     loss may look at them.
  func evaluate(
    _ loss: any Loss, block: Int = 1, weight: Float = 1, initial: Float = 0
  ) throws -> Result {
    let kernel = try makeKernel(loss, block: block)
    let stored = StoredHead(logits, classLayout(block: block), fill: .nan)
    let storedEdges = StoredHead(edges, edgeLayout(block: block), fill: .nan)
    var gradient = StoredHead([], stored.layout, fill: initial)
    var edgeGradient = StoredHead([], storedEdges.layout, fill: initial)
    let value = gradient.stored.withUnsafeMutableBufferPointer { gradient in
      edgeGradient.stored.withUnsafeMutableBufferPointer { edgeGradient in
        let head = heads(block: block).firstIndex { $0.name == type(of: loss).head.name } ?? 0
        let gradients = LossGradients(logits: [gradient, edgeGradient][head].baseAddress!)
        return LossInput.with(
          [stored.stored, storedEdges.stored], labels: labels, head: head
        ) { kernel.evaluate($0, weight: weight, gradients: gradients).mean }
      }
    }
    return Result(
      value: value, gradient: gradient.values, edgeGradient: edgeGradient.values,
      padding: gradient.padding + edgeGradient.padding)
  }

  func value(_ loss: any Loss) throws -> Double {
    value(try makeKernel(loss), head: type(of: loss).head.name == Head.logits ? 0 : 1)
  }

  /// By a kernel that was made for this shape in the plain layout.
  func value(_ kernel: any LossKernel, head: Int = 0) -> Double {
    LossInput.with([logits, edges], labels: labels, head: head) {
      kernel.evaluate($0, weight: 1, gradients: nil).mean
    }
  }

  func makeKernel(_ loss: any Loss, block: Int = 1) throws -> any LossKernel {
    let truth = truth ?? task.truth(classes: shape.channels)
    try truth.check(loss)
    return try loss.makeKernel(
      for: LossContext(
        heads: heads(block: block), statistics: statistics, threads: threads, truth: truth),
      head: nil)
  }

  private func heads(block: Int) -> [HeadLayout] {
    [
      HeadLayout(layout: classLayout(block: block)),
      HeadLayout(name: "edges", layout: edgeLayout(block: block)),
    ]
  }

  private func classLayout(block: Int) -> TensorLayout { TensorLayout(shape, block: block) }
  private func edgeLayout(block: Int) -> TensorLayout { TensorLayout(edgeShape, block: block) }
  /// N × 1 × H × W.
  var edgeShape: Shape { Shape(shape.batch, 1, shape.height, shape.width) }
}

extension LossInput {
  /// What losses look at, valid in `body`.
  static func with<Result>(
    _ heads: [[Float]], labels: [Label], head: Int = 0, _ body: (LossInput) -> Result
  ) -> Result {
    withHeads(heads) { heads in
      labels.withUnsafeBufferPointer { labels in
        body(LossInput(logits: heads[head], heads: heads, labels: labels.baseAddress!))
      }
    }
  }
}

/// Heads and their gradients in the memory of the host.
final class HostHeads: LossHeads {
  private let heads: [(values: HostBuffer, gradient: HostBuffer)]
  let values: [UnsafePointer<Float>]
  let gradients: [UnsafeMutablePointer<Float>]

  init(_ stored: [[Float]]) {
    heads = stored.map { stored in
      let values = HostBuffer(floats: stored.count)
      values.floats.update(from: stored, count: stored.count)
      return (values, HostBuffer(floats: stored.count))
    }
    values = heads.map { UnsafePointer($0.values.floats) }
    gradients = heads.map(\.gradient.floats)
  }

  func bringToHost(_ index: Int) {}
  func bringToDevice(_ index: Int) -> (values: DevicePlace, gradient: DevicePlace) {
    (DevicePlace(heads[index].values), DevicePlace(heads[index].gradient))
  }
}

/// The values of heads, valid in `body`.
func withHeads<Result>(
  _ heads: [[Float]], _ body: ([UnsafePointer<Float>]) -> Result
) -> Result {
  var taken: [UnsafePointer<Float>] = []
  func take(_ index: Int) -> Result {
    guard index < heads.count else { return body(taken) }
    return heads[index].withUnsafeBufferPointer {
      taken.append($0.baseAddress!)
      return take(index + 1)
    }
  }
  return take(0)
}

/// An output of a network as it lies in memory.
struct StoredHead {
  let layout: TensorLayout
  var stored: [Float]

  /// - Parameter fill: what stands where no value is given, padding lanes included.
  init(_ values: [Float], _ layout: TensorLayout, fill: Float) {
    self.layout = layout
    stored = Array(repeating: fill, count: layout.elements)
    for (value, place) in zip(values, layout.places) { stored[place] = value }
  }

  var values: [Float] { layout.places.map { stored[$0] } }

  var padding: [Float] {
    let inside = Set(layout.places)
    return stored.indices.filter { !inside.contains($0) }.map { stored[$0] }
  }
}
