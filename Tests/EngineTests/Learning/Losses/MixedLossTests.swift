@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

/// Losses of batches whose images are mixed from two samples.
@Suite("Losses of mixed samples")
struct MixedLossTests {
  private let shape = Shape(3, 4, 5, 7)
  /// The first is the sample alone, the last the other alone.
  private let lambdas: [Float] = [1, 0.3, 0]

  private func loss(_ name: String) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name) as? any Loss)
  }

  private struct Result {
    var value: Double
    var values: [Double]
    var gradient: [Float]
    var edgeGradient: [Float]
  }

  /// - Parameter other: labels `[N, H, W]`; without them there is not mixed.
  private func evaluate(
    _ losses: [WeightedLoss], _ bench: LossBench, other: [Label]?,
    block: Int = 1, threads: Int = 1, takesImages: Bool = true
  ) throws -> Result {
    let layout = TensorLayout(shape, block: block)
    let edgeLayout = TensorLayout(Shape(shape.batch, 1, shape.height, shape.width), block: block)
    let sum = try LossSum(
      losses,
      context: LossContext(
        heads: [HeadLayout(layout: layout), HeadLayout(name: "edges", layout: edgeLayout)],
        statistics: bench.statistics, threads: threads),
      takesImages: takesImages)
    func stored(_ values: [Float], _ layout: TensorLayout) -> [Float] {
      var stored = [Float](repeating: 0, count: layout.elements)
      for (value, place) in zip(values, layout.places) { stored[place] = value }
      return stored
    }
    let buffer = MixedLabelsBuffer(images: shape.batch, labelsPerImage: shape.area)
    if let other {
      buffer[0].labels.update(from: other, count: other.count)
      buffer[0].lambdas.update(from: lambdas, count: lambdas.count)
    }
    let heads = HostHeads([stored(bench.logits, layout), stored(bench.edges, edgeLayout)])
    let value = sum.evaluate(
      heads, LossTarget(labels: bench.labels, mixedLabels: other == nil ? nil : buffer[0]))
    return Result(
      value: value, values: sum.values, gradient: layout.places.map { heads.gradients[0][$0] },
      edgeGradient: edgeLayout.places.map { heads.gradients[1][$0] })
  }

  /// The loss of one image alone, and its gradient.
  private func alone(
    _ loss: any Loss, _ bench: LossBench, labels: [Label], image: Int
  ) throws -> LossBench.Result {
    let (values, pixels) = (shape.count / shape.batch, shape.area)
    return try LossBench(
      Shape(1, shape.channels, shape.height, shape.width),
      logits: Array(bench.logits[image * values..<(image + 1) * values]),
      labels: Array(labels[image * pixels..<(image + 1) * pixels]),
      edges: Array(bench.edges[image * pixels..<(image + 1) * pixels])
    ).evaluate(loss)
  }

  @Test(
    "each image costs what its two planes cost, weighted by λ",
    arguments: LossConformanceTests.names)
  func lambdas(name: String) throws {
    let loss = try loss(name)
    let (bench, other) = (LossBench(shape), LossBench(shape, seed: 2).labels)
    let found = try evaluate([.init(loss: loss, weight: 0.5)], bench, other: other)
    var mean = 0.0
    for (image, lambda) in lambdas.enumerated() {
      let own = try alone(loss, bench, labels: bench.labels, image: image)
      let rest = try alone(loss, bench, labels: other, image: image)
      mean += (Double(lambda) * own.value + Double(1 - lambda) * rest.value) / 3
      func compare(_ found: [Float], _ own: [Float], _ rest: [Float]) {
        let largest = (own + rest).map(abs).max() ?? 0
        for (index, found) in found[image * own.count..<(image + 1) * own.count].enumerated() {
          let expected = 0.5 * (lambda * own[index] + (1 - lambda) * rest[index]) / 3
          #expect(abs(found - expected) <= 1e-6 * largest)
        }
      }
      compare(found.gradient, own.gradient, rest.gradient)
      compare(found.edgeGradient, own.edgeGradient, rest.edgeGradient)
    }
    #expect(abs(found.values[0] - mean) < 1e-6 * max(1, abs(mean)))
    #expect(found.value == 0.5 * found.values[0])
  }

  @Test("neither layout nor threads change a bit")
  func layouts() throws {
    let losses = try ["cross_entropy", "dice", "edge"].map {
      WeightedLoss(loss: try loss($0), weight: 0.7)
    }
    let (bench, other) = (LossBench(shape), LossBench(shape, seed: 2).labels)
    let plain = try evaluate(losses, bench, other: other)
    for (block, threads) in [(8, 1), (16, 3)] {
      let again = try evaluate(losses, bench, other: other, block: block, threads: threads)
      #expect(again.value == plain.value && again.gradient == plain.gradient)
      #expect(again.edgeGradient == plain.edgeGradient)
    }
  }

  @Test("images that are not mixed cost one evaluation, the mean of their losses")
  func noMixedSample() throws {
    let counting = CountedLoss(.init([:], of: []))
    let bench = LossBench(shape)
    let losses = [WeightedLoss(loss: counting, weight: 1)]
    _ = try evaluate(losses, bench, other: nil, takesImages: false)
    #expect(counting.calls.number == 1)
    _ = try evaluate(losses, bench, other: nil)
    #expect(counting.calls.number == 1 + 3)
    _ = try evaluate(losses, bench, other: bench.labels)
    #expect(counting.calls.number == 1 + 3 + 4, "of lambdas 1, 0.3 and 0 one is a mixed sample")
  }
}

/// Counts how often its kernel is asked.
private struct CountedLoss: Loss {
  final class Calls: @unchecked Sendable { var number = 0 }
  static let name = "counted"
  static let about = "Counts."
  static let fields: [FieldDeclaration] = []
  static let example = "counted"
  let calls = Calls()
  init(_ values: FieldValues) {}
  func makeKernel(for context: LossContext) -> any LossKernel { Kernel(calls) }

  final class Kernel: LossKernel {
    let calls: Calls
    init(_ calls: Calls) { self.calls = calls }
    func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
      calls.number += 1
      return LossValue(1, of: 1)
    }
  }
}
