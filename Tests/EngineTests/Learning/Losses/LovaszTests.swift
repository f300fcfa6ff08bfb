@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Lovász losses")
struct LovaszTests {
  func make(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name, fields) as? any Loss)
  }

  /// The extension for one class as the paper writes it, from errors and whether each pixel is of
  /// the class.
  func extend(_ errors: [Double], _ inside: [Bool]) -> Double {
    let order = errors.indices.sorted { (errors[$0], $1) > (errors[$1], $0) }
    let truth = Double(inside.count { $0 })
    var (hits, misses, before, loss) = (0.0, 0.0, 0.0, 0.0)
    for pixel in order {
      if inside[pixel] { hits += 1 } else { misses += 1 }
      let jaccard = 1 - (truth - hits) / (truth + misses)
      loss += errors[pixel] * (jaccard - before)
      before = jaccard
    }
    return loss
  }

  @Test("many pixels are sorted as a sort sorts them")
  func manyPixels() throws {
    var bench = LossBench(Shape(1, 3, 64, 80))
    // Coarse logits, for plenty of equal errors.
    bench.logits = bench.logits.map { ($0 * 4).rounded() / 4 }
    let valid = bench.labels.indices.filter { bench.labels[$0] != Labels.ignoreIndex }
    let losses = (0..<3).map { label in
      extend(
        valid.map {
          let logit = Double(bench.logits[label * 5120 + $0])
          return max(0, bench.labels[$0] == label ? 1 - logit : 1 + logit)
        }, valid.map { bench.labels[$0] == label })
    }
    #expect(isClose(try bench.value(make("lovasz_hinge")), losses.reduce(0, +) / 3))
  }

  @Test("an absent class costs its greatest probability where all classes count")
  func absentClass() throws {
    // Probability ½ of class 1 but for one pixel with ¾.
    let bench = LossBench(
      Shape(1, 2, 1, 3), logits: [0, 0, 0, 0, 1.0986123, 0], labels: [0, 0, 0])
    let present = try bench.value(make("lovasz_softmax"))
    let all = try bench.value(make("lovasz_softmax", ["classes": .name("all")]))
    #expect(isClose(2 * all - present, 0.75))
  }

  @Test("a single pixel costs its error")
  func onePixel() throws {
    let bench = LossBench(Shape(1, 2, 1, 1), logits: [0, 1.0986123], labels: [0])
    #expect(isClose(try bench.value(make("lovasz_softmax")), 0.75))
  }

  @Test("with two classes and without the background, class 0 has no part in the hinge")
  func withoutBackground() throws {
    let loss = try make("lovasz_hinge", ["include_background": .boolean(false)])
    let result = try LossBench(Shape(2, 2, 5, 7)).evaluate(loss)
    for image in 0..<2 {
      #expect(result.gradient[image * 70..<image * 70 + 35].allSatisfy { $0 == 0 })
    }
  }

  @Test("margins that are kept cost nothing")
  func margin() throws {
    var bench = LossBench(Shape(1, 3, 5, 7))
    for (pixel, label) in bench.labels.enumerated() {
      for c in 0..<3 { bench.logits[c * 35 + pixel] = label == c ? 1 : -1 }
    }
    let result = try bench.evaluate(make("lovasz_hinge"))
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }
}
