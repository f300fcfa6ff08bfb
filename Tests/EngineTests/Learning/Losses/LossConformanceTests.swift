@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing

/// What every loss promises, checked for each of the list.
@Suite("Every loss")
struct LossConformanceTests {
  /// Those that can be taken against one class a pixel. Losses of networks that find objects are compared with
  /// torchvision's: see ``MaskRCNNParityTests``. What reads a transform and no labels, and what looks at images, has tests
  /// of its own: ``OrthogonalityTests``, ``GatedCRFTests``.
  static let names = Registry.losses.members
    .filter { loss in
      loss.reads.contains(.classes) && !(loss is any DetectionLoss.Type)
        && loss.head.name != TransformHead.name && !loss.readsImages
    }.map { $0.name }
  static let classes = [2, 3, 5, 21]

  /// Losses whose value has kinks, or jumps where the choice of pixels or a distance changes.
  static let piecewise: Set = [
    "topk", "ohem", "lovasz_softmax", "lovasz_hinge", "hausdorff_dt", "hausdorff_erosion",
    "dual_task", "cldice", "topological",
  ]
  /// Losses whose gradient is by definition not that of their value.
  static let redistributing: Set = ["iou_balanced"]
  /// Losses that look at the edge head; `edge` at nothing else.
  static let ofEdges: Set = ["edge", "edge_attention"]

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
      Variant(
        name: "generalized_cross_entropy",
        fields: ["q": .number(0.2), "class_weights": .name("inverse")]),
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
      Variant(name: "edge", fields: ["radius": .number(1)]),
      Variant(name: "edge_attention", fields: ["threshold": .number(0.3)]),
      Variant(name: "dual_task", fields: ["temperature": .number(0.7)]),
      Variant(
        name: "cldice",
        fields: ["batch": .boolean(false), "include_background": .boolean(true)]),
      Variant(name: "cldice", fields: ["iterations": .integer(0), "smooth": .number(0.1)]),
      Variant(
        name: "topological",
        fields: ["window": .integer(4), "include_background": .boolean(true)]),
    ]
  static let smoothVariants = variants.filter {
    !piecewise.contains($0.name) && !redistributing.contains($0.name)
  }
  static let piecewiseVariants = variants.filter { piecewise.contains($0.name) }

  func make(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name, fields) as? any Loss)
  }

  /// A batch that a loss has something to say about.
  func makeBench(_ name: String, _ shape: Shape, seed: UInt64 = 1) -> LossBench {
    var bench = LossBench(shape, seed: seed)
    switch name {
    case "hausdorff_erosion": makeOneClassEach(&bench)
    case "edge", "edge_attention": makeHalves(&bench)
    default: break
    }
    return bench
  }

  /// Erosions leave nothing of errors that have no room, so each image is of one class and mostly
  /// taken for another.
  private func makeOneClassEach(_ bench: inout LossBench) {
    let shape = bench.shape
    for (place, label) in bench.labels.enumerated() where label != Labels.ignoreIndex {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: shape.area)
      let truth = (image + 1) % shape.channels
      bench.labels[place] = Label(truth)
      let taken = (truth + 1) % shape.channels
      bench.logits[(image * shape.channels + taken) * shape.area + pixel] += 4
    }
  }

  /// Where every pixel has one of another class beside it there is nothing but edges, so each class
  /// has half of each image. No logit of an edge is near a threshold, and that of pixel 4 is high.
  private func makeHalves(_ bench: inout LossBench) {
    let width = bench.shape.width
    for (place, label) in bench.labels.enumerated() where label != Labels.ignoreIndex {
      bench.labels[place] = place % width < width / 2 ? 0 : 1
    }
    bench.edges = bench.edges.map { $0 < 0 ? $0 - 2 : $0 + 2 }
    bench.edges[4] = 3
  }

  @Test("the gradient is that of central differences", arguments: smoothVariants, classes)
  func centralDifferences(variant: Variant, classes: Int) throws {
    try checkDifferences(variant, classes: classes, of: \.logits, against: \.gradient)
  }

  @Test(
    "the gradient of the edge head is that of central differences, 0 where it takes no part",
    arguments: variants)
  func edgeDifferences(variant: Variant) throws {
    try checkDifferences(variant, classes: 3, of: \.edges, against: \.edgeGradient)
  }

  private func checkDifferences(
    _ variant: Variant, classes: Int, of head: WritableKeyPath<LossBench, [Float]>,
    against slopes: KeyPath<LossBench.Result, [Float]>
  ) throws {
    let loss = try make(variant.name, variant.fields)
    var bench = makeBench(variant.name, Shape(2, classes, 5, 7))
    let gradient = try bench.evaluate(loss)[keyPath: slopes]
    let tolerance = 2e-4 * Double(gradient.map(abs).max() ?? 0)

    // Five points, so that steps large against the rounding of a Float are still exact enough.
    let step: Float = 0.0625
    let count = gradient.count
    for index in stride(from: 0, to: count, by: count / 24) {
      let logit = bench[keyPath: head][index]
      var values: [Double] = []
      for offset in [-2, -1, 1, 2] as [Float] {
        bench[keyPath: head][index] = logit + offset * step
        values.append(try bench.value(loss))
      }
      bench[keyPath: head][index] = logit
      let slope = (8 * (values[2] - values[1]) - (values[3] - values[0])) / (12 * Double(step))
      #expect(abs(slope - Double(gradient[index])) <= tolerance, "logit \(index)")
    }
  }

  @Test("a loss trains the edge head where that is the head it looks at", arguments: names)
  func trainsEdges(name: String) throws {
    let loss = try make(name)
    let slopes = try makeBench(name, Shape(2, 3, 5, 7)).evaluate(loss).edgeGradient
    #expect(slopes.contains { $0 != 0 } == (type(of: loss).head == .edges))
  }

  @Test("a loss of edges says what a network without an edge head lacks", arguments: names)
  func edgeHead(name: String) throws {
    let bench = makeBench(name, Shape(1, 3, 5, 7))
    let loss = try make(name)
    let context = LossContext(
      heads: [HeadLayout(layout: TensorLayout(bench.shape))], statistics: bench.statistics,
      threads: 1)
    guard Self.ofEdges.contains(name) else {
      let kernel = try loss.makeKernel(for: context)
      let value = LossInput.with([bench.logits], labels: bench.labels) {
        kernel.evaluate($0, weight: 1, gradients: nil)
      }
      #expect(try value.mean == bench.value(loss))
      return
    }
    #expect {
      try loss.makeKernel(for: context, head: nil)
    } throws: {
      "\($0)".contains("add edge_head: true to the template")
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
    #expect((plain.gradient + plain.edgeGradient).contains { $0 != 0 })
    for block in [8, 16, classes] {
      let blocked = try bench.evaluate(loss, block: block)
      #expect(blocked.value == plain.value, "block \(block)")
      #expect(blocked.gradient == plain.gradient, "block \(block)")
      #expect(blocked.edgeGradient == plain.edgeGradient, "block \(block)")
    }
  }

  @Test("padding lanes are neither read nor written", arguments: names)
  func padding(name: String) throws {
    let result = try makeBench(name, Shape(2, 3, 5, 7)).evaluate(make(name), block: 8, initial: 7)
    #expect(result.padding.count == 2 * (5 + 7) * 35)
    #expect(result.padding.allSatisfy { $0 == 7 })
  }

  @Test("the gradient is added to what is there, times the weight", arguments: names)
  func accumulation(name: String) throws {
    let loss = try make(name)
    let bench = makeBench(name, Shape(2, 3, 5, 7))
    let once = try bench.evaluate(loss)
    let added = try bench.evaluate(loss, weight: 0.5, initial: 1)
    #expect(added.value == once.value)
    for (sum, gradient) in zip(
      added.gradient + added.edgeGradient, once.gradient + once.edgeGradient)
    {
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
    let kernel = try bench.makeKernel(make(name))
    let values = [bench, other, bench].map { $0.value(kernel) }
    #expect(values[0] == values[2])
    #expect(values[0] != values[1])
  }

  @Test("ignored pixels change neither loss nor gradient, whatever stands there", arguments: names)
  func ignoredPixels(name: String) throws {
    let loss = try make(name)
    var bench = makeBench(name, Shape(2, 3, 5, 7))
    let before = try bench.evaluate(loss)
    for (place, label) in bench.labels.enumerated() where label == Labels.ignoreIndex {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: 35)
      for c in 0..<3 {
        let index = (image * 3 + c) * 35 + pixel
        #expect(before.gradient[index] == 0)
        bench.logits[index] = c == 0 ? .nan : 1e30
      }
      #expect(before.edgeGradient[place] == 0)
      bench.edges[place] = .nan
    }
    #expect(try bench.evaluate(loss) == before)
  }

  @Test("an image without a valid pixel has no gradient", arguments: names)
  func ignoredImage(name: String) throws {
    var bench = makeBench(name, Shape(2, 3, 5, 7))
    for pixel in 0..<35 { bench.labels[pixel] = Labels.ignoreIndex }
    let result = try bench.evaluate(make(name))
    #expect(result.value.isFinite && result.value > 0)
    let (first, second) = (
      result.gradient[..<(3 * 35)] + result.edgeGradient[..<35],
      result.gradient[(3 * 35)...] + result.edgeGradient[35...]
    )
    #expect(first.allSatisfy { $0 == 0 })
    #expect(second.contains { $0 != 0 })
  }

  @Test("a batch without a valid pixel has loss 0 and gradient 0", arguments: names)
  func nothingValid(name: String) throws {
    var bench = makeBench(name, Shape(2, 3, 5, 7))
    bench.labels = bench.labels.map { _ in Labels.ignoreIndex }
    let result = try bench.evaluate(make(name))
    #expect(result.value == 0)
    #expect((result.gradient + result.edgeGradient).allSatisfy { $0 == 0 })
  }

  @Test("the order of the images does not matter", arguments: names)
  func imageOrder(name: String) throws {
    let loss = try make(name)
    let bench = makeBench(name, Shape(2, 3, 5, 7))
    func swapped<Value>(_ values: [Value]) -> [Value] {
      Array(values[(values.count / 2)...] + values[..<(values.count / 2)])
    }
    let result = try bench.evaluate(loss)
    let other = try LossBench(
      bench.shape, logits: swapped(bench.logits), labels: swapped(bench.labels),
      edges: swapped(bench.edges)
    ).evaluate(loss)
    #expect(isClose(other.value, result.value))
    for (value, reference) in zip(
      swapped(other.gradient) + swapped(other.edgeGradient), result.gradient + result.edgeGradient)
    {
      #expect(isClose(value, Double(reference)))
    }
  }

  @Test("a logit that is not a number makes the loss one that is not", arguments: names)
  func notANumber(name: String) throws {
    for bad in [Float.nan, .infinity] {
      for c in 0..<3 where name != "edge" {
        var bench = makeBench(name, Shape(1, 3, 5, 7))
        bench.labels[4] = 1
        bench.logits[c * 35 + 4] = bad
        #expect(try bench.evaluate(make(name)).value.isNaN, "\(bad) of class \(c)")
      }
      guard Self.ofEdges.contains(name) else { continue }
      var bench = makeBench(name, Shape(1, 3, 5, 7))
      bench.labels[4] = 1
      bench.edges[4] = bad
      #expect(try bench.evaluate(make(name)).value.isNaN, "\(bad) of the edges")
    }
  }

  @Test("large logits neither overflow nor lose the gradient", arguments: names)
  func largeLogits(name: String) throws {
    var bench = makeBench(name, Shape(1, 3, 5, 7))
    bench.logits = bench.logits.map { $0 * 1e4 }
    bench.edges = bench.edges.map { $0 * 1e4 }
    let result = try bench.evaluate(make(name))
    #expect(result.value.isFinite)
    #expect((result.gradient + result.edgeGradient).allSatisfy { $0.isFinite })
  }

  @Test("as many classes as labels can name", arguments: names)
  func manyClasses(name: String) throws {
    let bench = makeBench(name, Shape(1, 300, 8, 8))
    let plain = try bench.evaluate(make(name))
    #expect(plain.value.isFinite && plain.value > 0)
    #expect(try bench.evaluate(make(name), block: 16).value == plain.value)
  }

  @Test("fewer than two classes are refused", arguments: names)
  func oneClass(name: String) throws {
    #expect(throws: ComponentError.self) { try LossBench(Shape(1, 1, 4, 4)).value(make(name)) }
  }
}
