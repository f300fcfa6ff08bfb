@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing

@Suite("Orthogonality of a transform")
struct OrthogonalityTests {
  /// The loss of matrices less the identity, `[N, d²]`, and its gradient, in a layout.
  private func evaluate(
    _ matrices: [[Float]], block: Int = 1, weight: Float = 1
  ) throws -> (value: Double, gradient: [[Float]]) {
    let shape = Shape(matrices.count, matrices[0].count, 1, 1)
    let layout = TensorLayout(shape, block: block)
    let heads = [
      HeadLayout(layout: TensorLayout(Shape(matrices.count, 2, 1, 4))),
      HeadLayout(name: "transform", layout: layout),
    ]
    let statistics = ClassStatistics(pixels: [1, 1], pixelsOfImagesWithClass: [1, 1])
    let kernel = try Orthogonality(FieldValues([:], of: [])).makeKernel(
      for: LossContext(heads: heads, statistics: statistics, threads: 1), head: nil)
    let stored = StoredHead(matrices.flatMap { $0 }, layout, fill: .nan)
    var gradient = StoredHead([], layout, fill: 0)
    let logits = StoredHead(
      Array(repeating: 0, count: matrices.count * 8), heads[0].layout, fill: 0)
    let labels = [Label](repeating: 0, count: matrices.count * 4)
    let value = gradient.stored.withUnsafeMutableBufferPointer { gradient in
      LossInput.with([logits.stored, stored.stored], labels: labels, head: 1) {
        kernel.evaluate(
          $0, weight: weight, gradients: LossGradients(logits: gradient.baseAddress!)
        ).mean
      }
    }
    let values = gradient.values
    return (
      value,
      matrices.indices.map { Array(values[$0 * shape.channels..<($0 + 1) * shape.channels]) }
    )
  }

  @Test("the identity and a rotation cost nothing, and have no slope")
  func rotations() throws {
    let (cosine, sine): (Float, Float) = (0.6, 0.8)
    let (value, gradient) = try evaluate([
      [0, 0, 0, 0], [cosine - 1, -sine, sine, cosine - 1],
    ])
    #expect(abs(value) < 1e-6)
    #expect(gradient.joined().allSatisfy { abs($0) < 10 })
    #expect(try evaluate([[0, 0, 0, 0]]).gradient == [[0, 0, 0, 0]])
  }

  @Test("it is the mean of the norms of A·Aᵀ − I")
  func value() throws {
    // A = 2·I has A·Aᵀ − I = 3·I, of norm √(2 · 9); the other sample is the identity.
    #expect(
      abs(try evaluate([[1, 0, 0, 1], [0, 0, 0, 0]]).value - 18.0.squareRoot() / 2) < 1e-12)
  }

  @Test("its gradient is that of central differences, in every layout", arguments: [1, 8, 16])
  func gradient(block: Int) throws {
    var random = RandomStream(seed: 2, purpose: .init("matrices"))
    let matrices = (0..<3).map { _ in (0..<9).map { _ in random.uniform(-1, 1) } }
    let gradient = try evaluate(matrices, block: block, weight: 0.5).gradient
    for sample in 0..<3 {
      for element in 0..<9 {
        let step: Float = 1e-2
        var (up, down) = (matrices, matrices)
        up[sample][element] += step
        down[sample][element] -= step
        let slope = 0.5 * (try evaluate(up).value - evaluate(down).value) / Double(2 * step)
        #expect(abs(Double(gradient[sample][element]) - slope) < 2e-4)
      }
    }
  }

  @Test("a head that is no square matrix is refused")
  func refusal() {
    #expect(throws: ComponentError.self) { try evaluate([[1, 2, 3]]) }
  }
}
