@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Losses against PyTorch in double precision")
struct LossGoldenTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var component: String
    var fields: [String: WrittenValue]
    var shape: [Int]
    var logits: [Float]
    var labels: [Label]
    var value: Double
    var gradient: [Double]
    /// Of losses that look at the edge head.
    var edges: [Float]?
    var edgeGradient: [Double]?

    enum CodingKeys: String, CodingKey {
      case component, fields, shape, logits, labels, value, gradient, edges
      case edgeGradient = "edge_gradient"
    }

    var testDescription: String { "\(component) \(fields) \(shape)" }
  }

  @Test(
    "value and gradient", arguments: try Fixture.decode([Case].self, from: "golden-losses.json"))
  func golden(_ golden: Case) throws {
    let loss = try #require(
      Registry.losses.make(golden.component, golden.fields) as? any Loss)
    let shape = Shape(golden.shape[0], golden.shape[1], golden.shape[2], golden.shape[3])
    let bench = LossBench(
      shape, logits: golden.logits, labels: golden.labels.ignoring255, edges: golden.edges)
    let gradient = golden.gradient + (golden.edgeGradient ?? golden.labels.map { _ in 0 })
    for block in [1, 8] {
      let result = try bench.evaluate(loss, block: block)
      #expect(isClose(result.value, golden.value))
      let gradients = result.gradient + result.edgeGradient
      #expect(gradients.count == gradient.count)
      for (value, reference) in zip(gradients, gradient) { #expect(isClose(value, reference)) }
    }
  }
}
