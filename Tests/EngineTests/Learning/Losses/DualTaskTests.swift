@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Dual task loss")
struct DualTaskTests {
  func make(_ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault("dual_task", fields) as? any Loss)
  }

  func expectEqual(_ values: [Float], _ references: [Float]) {
    #expect(values.count == references.count)
    for (value, reference) in zip(values, references) { #expect(isClose(value, Double(reference))) }
  }

  @Test("gradients as large as those of the labels cost nothing")
  func perfect() throws {
    var bench = LossBench(Shape(2, 3, 5, 7))
    for (place, label) in bench.labels.enumerated() where label != Labels.ignoreIndex {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: 35)
      for c in 0..<3 { bench.logits[(image * 3 + c) * 35 + pixel] = label == c ? 90 : 0 }
    }
    let result = try bench.evaluate(make())
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test("flat probabilities cost the gradient magnitude of the labels")
  func flat() throws {
    // One border between two columns: ζ of the labels is ½ to both sides, 1e-3 of what is flat.
    let bench = LossBench(
      Shape(1, 2, 4, 6), logits: Array(repeating: 0, count: 48),
      labels: (0..<24).map { $0 % 6 < 3 ? 0 : 1 })
    #expect(isClose(try bench.value(make()), 0.5 * ((0.25 + 1e-6).squareRoot() - 1e-3)))
  }

  @Test("across and down are alike", arguments: [(5, 7), (1, 9), (9, 1), (2, 3), (1, 1)])
  func transposed(height: Int, width: Int) throws {
    func transposed<Value>(_ values: [Value], _ height: Int, _ width: Int) -> [Value] {
      values.indices.map { index in
        let (plane, pixel) = index.quotientAndRemainder(dividingBy: height * width)
        let (x, y) = pixel.quotientAndRemainder(dividingBy: height)
        return values[plane * height * width + y * width + x]
      }
    }
    let bench = LossBench(Shape(2, 3, height, width), seed: 3)
    let result = try bench.evaluate(make())
    let other = try LossBench(
      Shape(2, 3, width, height), logits: transposed(bench.logits, height, width),
      labels: transposed(bench.labels, height, width)
    ).evaluate(make())
    #expect(isClose(other.value, result.value))
    expectEqual(other.gradient, transposed(result.gradient, height, width))
  }

  @Test("classes may change their names")
  func names() throws {
    var bench = LossBench(Shape(1, 3, 5, 7))
    let result = try bench.evaluate(make())
    bench.logits = Array(bench.logits[70...] + bench.logits[..<70])
    bench.labels = bench.labels.map { $0 == Labels.ignoreIndex ? $0 : ($0 + 1) % 3 }
    let other = try bench.evaluate(make())
    #expect(isClose(other.value, result.value))
    expectEqual(Array(other.gradient[35...] + other.gradient[..<35]), result.gradient)
  }

  @Test("the temperature divides the logits")
  func temperature() throws {
    var bench = LossBench(Shape(2, 3, 5, 7))
    let result = try bench.evaluate(make(["temperature": .number(0.5)]))
    bench.logits = bench.logits.map { 2 * $0 }
    let scaled = try bench.evaluate(make())
    #expect(result.value == scaled.value)
    #expect(result.gradient == scaled.gradient.map { 2 * $0 })
  }
}
