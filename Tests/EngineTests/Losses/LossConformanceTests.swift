import Engine
import Testing

/// What every loss promises, checked for each of the list.
@Suite("Every loss")
struct LossConformanceTests {
  static let names = Registry.losses.names
  static let classes = [2, 3, 5, 21]

  func make(_ name: String) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name) as? any Loss)
  }

  @Test("the gradient is that of central differences", arguments: names, classes)
  func centralDifferences(name: String, classes: Int) throws {
    let loss = try make(name)
    var bench = LossBench(Shape(2, classes, 5, 7))
    let gradient = try bench.evaluate(loss).gradient
    let tolerance = 2e-4 * Double(gradient.map(abs).max() ?? 0)

    // Five points, so that steps large against the rounding of a Float are still exact enough.
    let step: Float = 0.0625
    for index in stride(from: 0, to: bench.logits.count, by: bench.logits.count / 24) {
      let logit = bench.logits[index]
      var values: [Double] = []
      for offset in [-2, -1, 1, 2] as [Float] {
        bench.logits[index] = logit + offset * step
        values.append(try bench.value(loss))
      }
      bench.logits[index] = logit
      let slope = (8 * (values[2] - values[1]) - (values[3] - values[0])) / (12 * Double(step))
      #expect(abs(slope - Double(gradient[index])) < tolerance, "logit \(index)")
    }
  }

  @Test("the layout of the logits does not change a bit", arguments: names, classes)
  func layouts(name: String, classes: Int) throws {
    let loss = try make(name)
    let bench = LossBench(Shape(2, classes, 5, 7))
    let plain = try bench.evaluate(loss)
    #expect(plain.gradient.contains { $0 != 0 })
    for block in [8, 16, classes] {
      let blocked = try bench.evaluate(loss, block: block)
      #expect(blocked.value == plain.value, "block \(block)")
      #expect(blocked.gradient == plain.gradient, "block \(block)")
    }
  }

  @Test("padding lanes are neither read nor written", arguments: names)
  func padding(name: String) throws {
    let result = try LossBench(Shape(2, 3, 5, 7)).evaluate(make(name), block: 8, initial: 7)
    #expect(result.padding.count == 2 * 5 * 35)
    #expect(result.padding.allSatisfy { $0 == 7 })
  }

  @Test("the gradient is added to what is there, times the weight", arguments: names)
  func accumulation(name: String) throws {
    let loss = try make(name)
    let bench = LossBench(Shape(2, 3, 5, 7))
    let once = try bench.evaluate(loss)
    let added = try bench.evaluate(loss, weight: 0.5, initial: 1)
    #expect(added.value == once.value)
    for (sum, gradient) in zip(added.gradient, once.gradient) {
      #expect(isClose(sum, 1 + 0.5 * Double(gradient)))
    }
  }

  @Test("threads do not change a bit", arguments: names)
  func threads(name: String) throws {
    let loss = try make(name)
    var bench = LossBench(Shape(2, 3, 96, 65))
    let serial = try bench.evaluate(loss)
    bench.threads = 3
    #expect(try bench.evaluate(loss) == serial)
  }

  @Test("a kernel gives the same bits each time it is used", arguments: names)
  func reuse(name: String) throws {
    let bench = LossBench(Shape(2, 3, 5, 7))
    let other = LossBench(Shape(2, 3, 5, 7), seed: 2)
    let kernel = try make(name).makeKernel(
      for: LossContext(
        logits: TensorLayout(bench.shape), statistics: bench.statistics, threads: 1))
    let values = [bench, other, bench].map {
      kernel.evaluate(logits: $0.logits, labels: $0.labels, weight: 1, gradient: nil)
    }
    #expect(values[0] == values[2])
    #expect(values[0] != values[1])
  }

  @Test("ignored pixels change neither loss nor gradient, whatever stands there", arguments: names)
  func ignoredPixels(name: String) throws {
    let loss = try make(name)
    var bench = LossBench(Shape(2, 3, 5, 7))
    let before = try bench.evaluate(loss)
    for (place, label) in bench.labels.enumerated() where label == Labels.ignored {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: 35)
      for c in 0..<3 {
        let index = (image * 3 + c) * 35 + pixel
        #expect(before.gradient[index] == 0)
        bench.logits[index] = c == 0 ? .nan : 1e30
      }
    }
    #expect(try bench.evaluate(loss) == before)
  }

  @Test("an image without a valid pixel has no gradient", arguments: names)
  func ignoredImage(name: String) throws {
    var bench = LossBench(Shape(2, 3, 5, 7))
    for pixel in 0..<35 { bench.labels[pixel] = Labels.ignored }
    let result = try bench.evaluate(make(name))
    #expect(result.value.isFinite && result.value > 0)
    #expect(result.gradient[..<(3 * 35)].allSatisfy { $0 == 0 })
    #expect(result.gradient[(3 * 35)...].contains { $0 != 0 })
  }

  @Test("a batch without a valid pixel has loss 0 and gradient 0", arguments: names)
  func nothingValid(name: String) throws {
    var bench = LossBench(Shape(2, 3, 5, 7))
    bench.labels = bench.labels.map { _ in Labels.ignored }
    let result = try bench.evaluate(make(name))
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test("a logit that is not a number makes the loss one that is not", arguments: names)
  func notANumber(name: String) throws {
    for bad in [Float.nan, .infinity] {
      for c in 0..<3 {
        var bench = LossBench(Shape(1, 3, 5, 7))
        bench.labels[4] = 1
        bench.logits[c * 35 + 4] = bad
        #expect(try bench.evaluate(make(name)).value.isNaN, "\(bad) of class \(c)")
      }
    }
  }

  @Test("large logits neither overflow nor lose the gradient", arguments: names)
  func largeLogits(name: String) throws {
    var bench = LossBench(Shape(1, 3, 5, 7))
    bench.logits = bench.logits.map { $0 * 1e4 }
    let result = try bench.evaluate(make(name))
    #expect(result.value.isFinite)
    #expect(result.gradient.allSatisfy { $0.isFinite })
  }

  @Test("as many classes as labels can name", arguments: names)
  func manyClasses(name: String) throws {
    let bench = LossBench(Shape(1, 255, 8, 8))
    let plain = try bench.evaluate(make(name))
    #expect(plain.value.isFinite && plain.value > 0)
    #expect(try bench.evaluate(make(name), block: 16).value == plain.value)
  }

  @Test("fewer than two classes are refused", arguments: names)
  func oneClass(name: String) throws {
    #expect(throws: ComponentError.self) { try LossBench(Shape(1, 1, 4, 4)).value(make(name)) }
  }
}
