import Engine
import Testing

/// What every loss promises, checked for each of the list.
@Suite("Every loss")
struct LossConformanceTests {
  static let names = Registry.losses.names
  static let classes = [2, 3, 5, 21]

  /// Losses whose value has kinks, or jumps where the choice of pixels or a distance changes.
  static let piecewise: Set = [
    "topk", "ohem", "lovasz_softmax", "lovasz_hinge", "hausdorff_dt", "hausdorff_erosion",
  ]
  /// Losses whose gradient is by definition not that of their value.
  static let redistributing: Set = ["iou_balanced"]

  /// A loss with settings other than the defaults.
  struct Variant: CustomTestStringConvertible {
    var name: String
    var fields: [String: FieldValue] = [:]

    var testDescription: String { "\(name) \(fields)" }
  }

  static let variants =
    names.map { Variant(name: $0) } + [
      Variant(
        name: "border_weighted", fields: ["border_on": .name("all"), "normalize": .name("weights")]),
      Variant(name: "focal", fields: ["gamma": .number(0.5), "class_weights": .name("inverse")]),
      Variant(name: "focal", fields: ["gamma": .number(0)]),
      Variant(name: "topk", fields: ["k": .number(50), "batch": .boolean(false)]),
      Variant(name: "ohem", fields: ["min_kept": .integer(9), "thresh": .number(0.1)]),
      Variant(name: "bce", fields: ["pos_weight": .number(4)]),
      Variant(name: "dice", fields: ["denominator": .name("squared"), "batch": .boolean(false)]),
      Variant(name: "dice_weighted", fields: ["mvn": .boolean(true)]),
      Variant(name: "dice_weighted_batch", fields: ["weighting": .name("equalize_classes")]),
      Variant(
        name: "generalized_dice", fields: ["weighting": .name("simple"), "batch": .boolean(true)]),
      Variant(name: "tversky", fields: ["batch": .boolean(false), "smooth": .number(0.01)]),
      Variant(name: "focal_tversky", fields: ["exponent": .number(2)]),
      Variant(name: "lovasz_softmax", fields: ["classes": .name("all"), "batch": .boolean(false)]),
      Variant(name: "lovasz_hinge", fields: ["batch": .boolean(false)]),
      Variant(name: "boundary", fields: ["include_background": .boolean(true)]),
      Variant(name: "hausdorff_dt", fields: ["alpha": .number(1)]),
      Variant(name: "hausdorff_dt_onesided", fields: ["include_background": .boolean(true)]),
      Variant(name: "hausdorff_erosion", fields: ["erosions": .integer(2), "alpha": .number(0.5)]),
    ]
  static let smoothVariants = variants.filter {
    !piecewise.contains($0.name) && !redistributing.contains($0.name)
  }
  static let piecewiseVariants = variants.filter { piecewise.contains($0.name) }

  func make(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name, fields) as? any Loss)
  }

  /// A batch that a loss has something to say about: erosions leave nothing of errors that have no
  /// room, so each image is of one class there and mostly taken for another.
  func makeBench(_ name: String, _ shape: Shape, seed: UInt64 = 1) -> LossBench {
    var bench = LossBench(shape, seed: seed)
    guard name == "hausdorff_erosion" else { return bench }
    for (place, label) in bench.labels.enumerated() where label != Labels.ignored {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: shape.area)
      let truth = (image + 1) % shape.channels
      bench.labels[place] = UInt8(truth)
      let taken = (truth + 1) % shape.channels
      bench.logits[(image * shape.channels + taken) * shape.area + pixel] += 4
    }
    return bench
  }

  @Test("the gradient is that of central differences", arguments: smoothVariants, classes)
  func centralDifferences(variant: Variant, classes: Int) throws {
    let loss = try make(variant.name, variant.fields)
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

  @Test(
    "where a loss has kinks the gradient lies between the slopes to either side",
    arguments: piecewiseVariants, classes)
  func oneSidedDifferences(variant: Variant, classes: Int) throws {
    let loss = try make(variant.name, variant.fields)
    var bench = makeBench(variant.name, Shape(2, classes, 5, 7))
    let gradient = try bench.evaluate(loss).gradient
    let tolerance = 1e-2 * Double(gradient.map(abs).max() ?? 0)
    #expect(tolerance > 0)

    let step: Float = 1 / 128
    let value = try bench.value(loss)
    for index in stride(from: 0, to: bench.logits.count, by: bench.logits.count / 24) {
      let logit = bench.logits[index]
      let slopes = try [-step, step].map { offset in
        bench.logits[index] = logit + offset
        return (try bench.value(loss) - value) / Double(offset)
      }
      bench.logits[index] = logit
      let between = min(slopes[0], slopes[1]) - tolerance...max(slopes[0], slopes[1]) + tolerance
      #expect(between.contains(Double(gradient[index])), "logit \(index)")
    }
  }

  @Test("the layout of the logits does not change a bit", arguments: names, classes)
  func layouts(name: String, classes: Int) throws {
    let loss = try make(name)
    let bench = makeBench(name, Shape(2, classes, 5, 7))
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
    let result = try makeBench(name, Shape(2, 3, 5, 7)).evaluate(make(name), block: 8, initial: 7)
    #expect(result.padding.count == 2 * 5 * 35)
    #expect(result.padding.allSatisfy { $0 == 7 })
  }

  @Test("the gradient is added to what is there, times the weight", arguments: names)
  func accumulation(name: String) throws {
    let loss = try make(name)
    let bench = makeBench(name, Shape(2, 3, 5, 7))
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
    var bench = makeBench(name, Shape(2, 3, 96, 65))
    let serial = try bench.evaluate(loss)
    bench.threads = 3
    #expect(try bench.evaluate(loss) == serial)
  }

  @Test("a kernel gives the same bits each time it is used", arguments: names)
  func reuse(name: String) throws {
    let bench = makeBench(name, Shape(2, 3, 5, 7))
    let other = makeBench(name, Shape(2, 3, 5, 7), seed: 2)
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
    var bench = makeBench(name, Shape(2, 3, 5, 7))
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
    var bench = makeBench(name, Shape(2, 3, 5, 7))
    for pixel in 0..<35 { bench.labels[pixel] = Labels.ignored }
    let result = try bench.evaluate(make(name))
    #expect(result.value.isFinite && result.value > 0)
    #expect(result.gradient[..<(3 * 35)].allSatisfy { $0 == 0 })
    #expect(result.gradient[(3 * 35)...].contains { $0 != 0 })
  }

  @Test("a batch without a valid pixel has loss 0 and gradient 0", arguments: names)
  func nothingValid(name: String) throws {
    var bench = makeBench(name, Shape(2, 3, 5, 7))
    bench.labels = bench.labels.map { _ in Labels.ignored }
    let result = try bench.evaluate(make(name))
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test("a logit that is not a number makes the loss one that is not", arguments: names)
  func notANumber(name: String) throws {
    for bad in [Float.nan, .infinity] {
      for c in 0..<3 {
        var bench = makeBench(name, Shape(1, 3, 5, 7))
        bench.labels[4] = 1
        bench.logits[c * 35 + 4] = bad
        #expect(try bench.evaluate(make(name)).value.isNaN, "\(bad) of class \(c)")
      }
    }
  }

  @Test("large logits neither overflow nor lose the gradient", arguments: names)
  func largeLogits(name: String) throws {
    var bench = makeBench(name, Shape(1, 3, 5, 7))
    bench.logits = bench.logits.map { $0 * 1e4 }
    let result = try bench.evaluate(make(name))
    #expect(result.value.isFinite)
    #expect(result.gradient.allSatisfy { $0.isFinite })
  }

  @Test("as many classes as labels can name", arguments: names)
  func manyClasses(name: String) throws {
    let bench = makeBench(name, Shape(1, 255, 8, 8))
    let plain = try bench.evaluate(make(name))
    #expect(plain.value.isFinite && plain.value > 0)
    #expect(try bench.evaluate(make(name), block: 16).value == plain.value)
  }

  @Test("fewer than two classes are refused", arguments: names)
  func oneClass(name: String) throws {
    #expect(throws: ComponentError.self) { try LossBench(Shape(1, 1, 4, 4)).value(make(name)) }
  }
}
