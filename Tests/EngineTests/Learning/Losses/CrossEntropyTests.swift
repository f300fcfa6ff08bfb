@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Cross-entropy")
struct CrossEntropyTests {
  func make(_ fields: [String: FieldValue]) throws -> any Loss {
    try #require(Registry.losses.makeDefault("cross_entropy", fields) as? any Loss)
  }

  @Test("equal logits cost the logarithm of the number of classes", arguments: [2, 12, 300])
  func uniform(classes: Int) throws {
    var bench = LossBench(Shape(1, classes, 16, 16))
    bench.logits = bench.logits.map { _ in 2.5 }
    #expect(isClose(try bench.value(make([:])), log(Double(classes))))
  }

  @Test("a rule weighs classes as the list of its weights does")
  func rule() throws {
    let bench = LossBench(Shape(2, 3, 5, 7))
    let shares = bench.statistics.pixels.map { Double($0) / 411 }
    #expect(bench.statistics.pixels.reduce(0, +) == 411)
    let weights = shares.map { 1 / log(1.02 + $0) }
    let ruled = try bench.evaluate(make(["class_weights": .name("enet")]))
    let listed = try bench.evaluate(make(["class_weights": .numbers(weights)]))
    #expect(isClose(ruled.value, listed.value))
    #expect(ruled.value != (try bench.value(make([:]))))
  }

  @Test("divided by the weights, a common factor of the weights does not matter")
  func weightsNormalizer() throws {
    let bench = LossBench(Shape(2, 3, 5, 7))
    let values = try [[0.5, 1, 3], [5, 10, 30]].map {
      try bench.value(make(["class_weights": .numbers($0), "normalize": .name("weights")]))
    }
    #expect(isClose(values[0], values[1]))
  }

  @Test("pixels of classes of weight 0 leave loss and gradient at 0")
  func weightless() throws {
    var bench = LossBench(Shape(1, 2, 4, 4))
    bench.labels = bench.labels.map { _ in 1 }
    for normalize in ["valid", "weights"] {
      let result = try bench.evaluate(
        make(["class_weights": .numbers([1, 0]), "normalize": .name(normalize)]))
      #expect(result.value == 0)
      #expect(result.gradient.allSatisfy { $0 == 0 })
    }
  }
}
