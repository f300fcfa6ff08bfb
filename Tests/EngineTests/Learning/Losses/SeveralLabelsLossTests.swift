@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing

/// Losses of pixels that may have several labels.
@Suite("Losses of several labels a pixel")
struct SeveralLabelsLossTests {
  private func bce(_ positiveWeight: Double = 1) throws -> any Loss {
    try #require(
      Registry.losses.makeDefault("bce", ["pos_weight": .number(positiveWeight)]) as? any Loss)
  }

  /// Random sets of the classes, about one in six ignored.
  private func makeBench(_ shape: Shape) -> LossBench {
    var bench = LossBench(shape)
    bench.labelling = .multiple
    var random = RandomStream(seed: 2, purpose: .init("sets"))
    for place in bench.labels.indices where bench.labels[place] != Labels.ignored {
      bench.labels[place] = UInt8(random.below(1 << shape.channels))
    }
    return bench
  }

  @Test("each class of a pixel is asked by itself", arguments: [2, 3, 7], [1, 2.5])
  func value(classes: Int, positiveWeight: Double) throws {
    let shape = Shape(2, classes, 5, 7)
    let bench = makeBench(shape)
    var (sum, valid) = (0.0, 0)
    for (place, label) in bench.labels.enumerated() where label != Labels.ignored {
      valid += 1
      let (n, pixel) = place.quotientAndRemainder(dividingBy: shape.area)
      for id in 0..<classes {
        let z = Double(bench.logits[(n * classes + id) * shape.area + pixel])
        let isSo = Int(label) >> id & 1 == 1
        sum += isSo ? positiveWeight * log1p(exp(-z)) : log1p(exp(z))
      }
    }
    let found = try bench.evaluate(bce(positiveWeight))
    #expect(abs(found.value - sum / Double(valid * classes)) < 1e-6)
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
      if bench.labels[index % 35] == Labels.ignored { #expect(gradient[index] == 0) }
    }
  }

  @Test("sets of one class cost what the class does")
  func single() throws {
    let plain = LossBench(Shape(2, 5, 5, 7))
    var sets = plain
    sets.labelling = .multiple
    sets.labels = plain.labels.map { $0 == Labels.ignored ? $0 : 1 << $0 }
    #expect(try plain.evaluate(bce(3)) == sets.evaluate(bce(3)))
  }

  @Test("every other loss refuses them", arguments: Registry.losses.names)
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
      "\(error)" == "needs one class a pixel, but data.labels is multiple: use bce"
    }
  }

  @Test("more classes than a byte has bits for are refused")
  func tooMany() throws {
    #expect(throws: ComponentError.self) {
      _ = try bce().makeKernel(
        for: LossContext(
          heads: [HeadLayout(layout: TensorLayout(Shape(1, 8, 1, 1)))],
          statistics: ClassStatistics(pixels: [], pixelsOfImagesWithClass: []), threads: 1,
          labelling: .multiple))
    }
  }
}
