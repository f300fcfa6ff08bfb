@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Networks
@testable import Tasks
import Testing

/// Losses of pixels that may have several labels.
@Suite("Losses of several labels a pixel")
struct SeveralLabelsLossTests {
  private func bce(_ positiveWeight: Double = 1) throws -> any Loss {
    try #require(
      Registry.losses.makeDefault("bce", ["pos_weight": .number(positiveWeight)]) as? any Loss)
  }

  /// A random plane for each class, about one pixel in six ignored in all of them.
  private func makeBench(_ shape: Shape) -> LossBench {
    var bench = LossBench(shape)
    bench.task = MultilabelTask()
    var random = RandomStream(seed: 2, purpose: .init("planes"))
    let known = bench.labels.map { $0 != Labels.ignoreIndex }
    bench.labels = (0..<shape.count).map { place in
      let (image, pixel) = (place / (shape.channels * shape.area), place % shape.area)
      return known[image * shape.area + pixel] ? Label(random.below(2)) : Labels.ignoreIndex
    }
    return bench
  }

  @Test("each class of a pixel is asked by itself", arguments: [1, 2, 3, 20], [1, 2.5])
  func value(classes: Int, positiveWeight: Double) throws {
    let shape = Shape(2, classes, 5, 7)
    let bench = makeBench(shape)
    var (sum, valid) = (0.0, 0)
    for (place, label) in bench.labels.enumerated() where label != Labels.ignoreIndex {
      valid += 1
      let z = Double(bench.logits[place])
      sum += label == 1 ? positiveWeight * log1p(exp(-z)) : log1p(exp(z))
    }
    let found = try bench.evaluate(bce(positiveWeight))
    #expect(abs(found.value - sum / Double(valid)) < 1e-6)
    for block in [8, 16] {
      let other = try bench.evaluate(bce(positiveWeight), block: block)
      #expect(other.value == found.value && other.gradient == found.gradient)
    }
  }

  @Test("the gradient is that of central differences, and 0 where a pixel is ignored")
  func gradient() throws {
    var bench = makeBench(Shape(1, 3, 5, 7))
    let loss = try bce(2)
    let gradient = try bench.evaluate(loss).gradient
    for index in gradient.indices {
      let logit = bench.logits[index]
      let values = try [-1, 1].map { (offset: Float) in
        bench.logits[index] = logit + offset / 32
        return try bench.value(loss)
      }
      bench.logits[index] = logit
      #expect(abs((values[1] - values[0]) * 16 - Double(gradient[index])) < 1e-5)
      if bench.labels[index] == Labels.ignoreIndex { #expect(gradient[index] == 0) }
    }
  }

  @Test("planes of which each pixel is of one cost what the class does, to the last bit")
  func single() throws {
    let plain = LossBench(Shape(2, 5, 5, 7))
    var planes = plain
    planes.task = MultilabelTask()
    planes.labels = (0..<2).flatMap { Array(plain.labels[$0 * 35..<($0 + 1) * 35]).planes(5) }
    #expect(try plain.evaluate(bce(3)) == planes.evaluate(bce(3)))
  }

  @Test("a pixel that is ignored in one plane counts in the others")
  func partlyIgnored() throws {
    var bench = makeBench(Shape(1, 3, 5, 7))
    for place in bench.labels.indices where place % 11 == 4 {
      bench.labels[place] = Labels.ignoreIndex
    }
    let found = try bench.evaluate(bce())
    var (sum, valid) = (0.0, 0)
    for (place, label) in bench.labels.enumerated() where label != Labels.ignoreIndex {
      valid += 1
      let z = Double(bench.logits[place])
      sum += label == 1 ? log1p(exp(-z)) : log1p(exp(z))
    }
    #expect(abs(found.value - sum / Double(valid)) < 1e-6)
    for (place, label) in bench.labels.enumerated() {
      #expect((found.gradient[place] == 0) == (label == Labels.ignoreIndex))
    }
  }

  @Test("every other loss refuses them", arguments: LossConformanceTests.names)
  func refusals(name: String) throws {
    let bench = makeBench(Shape(1, 3, 5, 7))
    let loss = try #require(Registry.losses.makeDefault(name) as? any Loss)
    guard name != "bce" else {
      _ = try bench.value(loss)
      return
    }
    #expect {
      try bench.value(loss)
    } throws: { error in
      "\(error)" == "needs one class a pixel, but the task is multilabel: use bce"
    }
  }
}
