@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
@testable import Tasks
import Testing

/// Losses that derive what they compare a network with from the ids of objects.
@Suite("Losses of objects")
struct ObjectLossTests {
  /// A loss with the decoder that it is for.
  struct Case: CustomTestStringConvertible {
    var name: String
    var fields: [String: FieldValue] = [:]
    var channels: Int
    var testDescription: String { "\(name) \(channels)" }

    var loss: any Loss {
      get throws { try #require(Registry.losses.makeDefault(name, fields) as? any Loss) }
    }

    /// Rectangles that touch, one at the border of the image; about one pixel in six is ignored.
    func bench(_ size: Size = Size(height: 9, width: 11), seed: UInt64 = 1) -> LossBench {
      var bench = LossBench(Shape(2, channels, size.height, size.width), seed: seed)
      bench.truth = Truth(
        task: "instances", form: name == "flows" ? .flowObjects : .starObjects, classes: channels,
        classBounds: 2...Labels.maximumClasses, planes: 1)
      for (place, label) in bench.labels.enumerated() where label != Labels.ignoreIndex {
        let (row, column) = (place % size.area / size.width, place % size.width)
        bench.labels[place] = row < 2 ? 0 : column < 5 ? 700 : column < 9 && row < 7 ? 3 : 0
      }
      return bench
    }
  }

  static let cases = [
    Case(name: "stardist", channels: 6),
    Case(name: "stardist", fields: ["distance_weight": .number(2)], channels: 33),
    Case(name: "flows", channels: 3),
  ]

  @Test("the gradient is that of central differences", arguments: cases)
  func differences(of one: Case) throws {
    var bench = one.bench()
    let loss = try one.loss
    let gradient = try bench.evaluate(loss).gradient
    let tolerance = 2e-3 * Double(gradient.map(abs).max() ?? 0)
    #expect(tolerance > 0)
    let step: Float = 1 / 64
    for index in stride(from: 0, to: gradient.count, by: max(1, gradient.count / 60)) {
      let logit = bench.logits[index]
      let values = try [-step, step].map { offset in
        bench.logits[index] = logit + offset
        return try bench.value(loss)
      }
      bench.logits[index] = logit
      let slope = (values[1] - values[0]) / (2 * Double(step))
      #expect(abs(slope - Double(gradient[index])) <= tolerance, "logit \(index)")
    }
  }

  @Test(
    "neither layout nor threads change a bit, and weights and gradients add up", arguments: cases)
  func layouts(of one: Case) throws {
    var bench = one.bench(Size(height: 40, width: 120))
    let loss = try one.loss
    let plain = try bench.evaluate(loss)
    for block in [8, 16] {
      let blocked = try bench.evaluate(loss, block: block)
      #expect(blocked.value == plain.value && blocked.gradient == plain.gradient)
    }
    #expect(try bench.evaluate(loss, block: 8, initial: 7).padding.allSatisfy { $0 == 7 })
    bench.threads = 3
    #expect(try bench.evaluate(loss) == plain)
    let added = try bench.evaluate(loss, weight: 0.5, initial: 1)
    for (sum, gradient) in zip(added.gradient, plain.gradient) {
      #expect(abs(sum - (1 + 0.5 * gradient)) < 1e-6)
    }
  }

  @Test("ignored pixels change nothing, and NaN elsewhere is seen", arguments: cases)
  func ignored(of one: Case) throws {
    var bench = one.bench()
    let loss = try one.loss
    let (before, area) = (try bench.evaluate(loss), bench.shape.area)
    for (place, label) in bench.labels.enumerated() where label == Labels.ignoreIndex {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: area)
      for channel in 0..<one.channels {
        let index = (image * one.channels + channel) * area + pixel
        #expect(before.gradient[index] == 0)
        bench.logits[index] = channel == 0 ? .nan : 1e30
      }
    }
    #expect(try bench.evaluate(loss) == before)
    let pixel = try #require(bench.labels.firstIndex(of: 700))
    for channel in 0..<one.channels {
      var bad = bench
      bad.logits[channel * area + pixel] = .nan
      #expect(try bad.value(loss).isNaN)
    }
    bench.labels = bench.labels.map { _ in Labels.ignoreIndex }
    let nothing = try bench.evaluate(loss)
    #expect(nothing.value == 0 && nothing.gradient.allSatisfy { $0 == 0 })
  }

  @Test("an image without objects trains the probability alone", arguments: cases)
  func noObjects(of one: Case) throws {
    var bench = one.bench()
    bench.labels = bench.labels.map { $0 == Labels.ignoreIndex ? $0 : 0 }
    let result = try bench.evaluate(one.loss)
    let area = bench.shape.area
    #expect(result.value.isFinite && result.gradient[..<area].contains { $0 > 0 })
    if one.name == "stardist" {
      #expect(result.gradient[area..<one.channels * area].allSatisfy { $0 == 0 })
    }
  }

  @Test("the loss of stardist is that of its formula")
  func starFormula() throws {
    // One row: the object fills columns 1 to 3, and rays go right, down, left and up.
    let labels: [Label] = [0, 5, 5, 5, 0]
    let logits = (0..<25).map { Float($0 % 7) / 4 - 0.5 }
    var bench = LossBench(Shape(1, 5, 1, 5), logits: logits, labels: labels)
    bench.truth = Case(name: "stardist", channels: 5).bench().truth
    let shares = [0, 0.5, 1, 0.5, 0]
    let reaches: [[Double]] = [
      [0, 2.5, 1.5, 0.5, 0], [0, 0.5, 0.5, 0.5, 0], [0, 0.5, 1.5, 2.5, 0], [0, 0.5, 0.5, 0.5, 0],
    ]
    var (probability, distance) = (0.0, 0.0)
    for pixel in 0..<5 {
      let z = Double(logits[pixel])
      probability += PortableMath.logarithm(1 + PortableMath.exponential(z)) - shares[pixel] * z
      for ray in 0..<4 {
        distance +=
          shares[pixel] / 4 * abs(Double(logits[5 * (ray + 1) + pixel]) - reaches[ray][pixel])
      }
    }
    let loss = try Case(name: "stardist", fields: ["distance_weight": .number(0.3)], channels: 5)
      .loss
    #expect(abs(try bench.value(loss) - (probability / 5 + 0.3 * distance / 2)) < 1e-6)
  }

  @Test("they are refused where objects are learned otherwise")
  func refused() throws {
    for (decode, loss) in [
      ("stardist", "flows"), ("flows", "stardist"), ("flows", "cross_entropy"),
    ] {
      let task = try #require(
        Registry.tasks.makeDefault("instances", ["decode": .name(decode)]) as? any SegmentationTask)
      let truth = task.reading.trainedTruth(classes: 2)
      let error = #expect(throws: ComponentError.self) {
        try truth.check(try #require(Registry.losses.makeDefault(loss) as? any Loss))
      }
      #expect(error?.message.hasSuffix("but the task is instances: use \(decode)") == true)
    }
  }
}
