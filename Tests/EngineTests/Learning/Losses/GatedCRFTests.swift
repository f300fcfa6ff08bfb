@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite("Gated CRF loss")
struct GatedCRFTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var shape: [Int]
    var channels: Int
    var radius: Int
    var distance: Double
    var colour: Double
    var gate: String
    var logits: [Float]
    var images: [Float]
    var labels: [Label]
    var value: Double
    var gradient: [Double]

    var testDescription: String { "\(shape), radius \(radius), gate \(gate)" }
  }

  /// A batch of logits, images and labels.
  private struct Bench {
    var shape: Shape
    var channels: Int
    var logits: [Float]
    var images: [Float]
    var labels: [Label]
    var threads = 1

    init(_ golden: Case) {
      shape = Shape(golden.shape[0], golden.shape[1], golden.shape[2], golden.shape[3])
      (channels, logits, images) = (golden.channels, golden.logits, golden.images)
      labels = golden.labels.ignoring255
    }

    init(_ shape: Shape, channels: Int, seed: UInt64 = 1) {
      var random = RandomStream(seed: seed, purpose: .init("gated crf"))
      (self.shape, self.channels) = (shape, channels)
      logits = (0..<shape.count).map { _ in random.uniform(-3, 3) }
      images = (0..<shape.batch * channels * shape.area).map { _ in random.uniform(-1, 1) }
      labels = (0..<shape.batch * shape.area).map { _ in
        random.below(3) == 0 ? Label(random.below(shape.channels)) : Labels.ignoreIndex
      }
    }

    /// - Parameter block: the channel block of the logits' layout.
    func evaluate(
      _ loss: any Loss, block: Int = 1, weight: Float = 1, firstSample: Int = 0
    ) throws -> (value: Double, gradient: [Float]) {
      let layout = TensorLayout(shape, block: block)
      let kernel = try loss.makeKernel(
        for: LossContext(
          heads: [HeadLayout(layout: layout)],
          statistics: ClassStatistics(
            pixels: Array(repeating: 1, count: shape.channels),
            pixelsOfImagesWithClass: Array(repeating: 1, count: shape.channels)), threads: threads))
      var stored = [Float](repeating: .nan, count: layout.elements)
      for (value, place) in zip(logits, layout.places) { stored[place] = value }
      var gradient = [Float](repeating: 0, count: layout.elements)
      let value = stored.withUnsafeBufferPointer { stored in
        images.withUnsafeBufferPointer { images in
          labels.withUnsafeBufferPointer { labels in
            gradient.withUnsafeMutableBufferPointer { gradient in
              kernel.evaluate(
                LossInput(
                  logits: stored.baseAddress!, firstSample: firstSample,
                  labels: labels.baseAddress!,
                  images: LossImages(images.baseAddress!, channels: channels)), weight: weight,
                gradients: LossGradients(logits: gradient.baseAddress!)
              ).mean
            }
          }
        }
      }
      return (value, layout.places.map { gradient[$0] })
    }
  }

  private func loss(_ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault("gated_crf", fields) as? any Loss)
  }

  @Test(
    "value and gradient are those of every pair by itself, in PyTorch's double precision",
    arguments: try Fixture.decode([Case].self, from: "golden-gated-crf.json"))
  func golden(_ golden: Case) throws {
    let loss = try loss([
      "radius": .integer(golden.radius), "distance_deviation": .number(golden.distance),
      "color_deviation": .number(golden.colour), "gate": .name(golden.gate),
    ])
    for block in [1, 8] {
      let found = try Bench(golden).evaluate(loss, block: block)
      #expect(abs(found.value - golden.value) <= 1e-5 * golden.value)
      let largest = golden.gradient.map(abs).max() ?? 0
      for (value, reference) in zip(found.gradient, golden.gradient) {
        #expect(abs(Double(value) - reference) <= 2e-5 * largest)
      }
    }
  }

  @Test("the gradient is that of central differences", arguments: ["all", "unlabelled"])
  func differences(gate: String) throws {
    let loss = try loss(["gate": .name(gate), "color_deviation": .number(1)])
    var bench = Bench(Shape(2, 3, 5, 7), channels: 3)
    let gradient = try bench.evaluate(loss).gradient
    let largest = gradient.map { Double(abs($0)) }.max() ?? 0
    #expect(largest > 0)
    for index in stride(from: 0, to: gradient.count, by: 11) {
      let (logit, step) = (bench.logits[index], Float(0.0625))
      let values = try [-2, -1, 1, 2].map { (offset: Float) in
        bench.logits[index] = logit + offset * step
        return try bench.evaluate(loss).value
      }
      bench.logits[index] = logit
      let slope = (8 * (values[2] - values[1]) - (values[3] - values[0])) / (12 * Double(step))
      #expect(abs(slope - Double(gradient[index])) <= 5e-4 * largest, "logit \(index)")
    }
  }

  @Test("neither layout nor threads change a bit")
  func layouts() throws {
    var bench = Bench(Shape(2, 5, 9, 70), channels: 2)
    let plain = try bench.evaluate(try loss())
    for (block, threads) in [(8, 1), (16, 3)] {
      bench.threads = threads
      let again = try bench.evaluate(try loss(), block: block)
      #expect(again.value == plain.value && again.gradient == plain.gradient)
    }
  }

  @Test(
    "sure and even predictions cost nothing, and an edge of the image makes one of classes cheaper")
  func edges() throws {
    var bench = Bench(Shape(1, 2, 6, 8), channels: 1)
    bench.logits = (0..<96).map { $0 < 48 ? 30 : -30 }
    #expect(try bench.evaluate(try loss()).value < 1e-9)
    // Classes part where the image does, and elsewhere.
    bench.images = (0..<48).map { $0 % 8 < 4 ? -1 : 1 }
    func parted(at column: Int) throws -> Double {
      bench.logits = (0..<96).map { ($0 % 8 < column) == ($0 < 48) ? 30 : -30 }
      return try bench.evaluate(try loss()).value
    }
    #expect(try parted(at: 4) < 0.1 * parted(at: 2))
  }

  @Test("with a gate at unlabelled pixels a batch without such has loss 0 and gradient 0")
  func closedGate() throws {
    var bench = Bench(Shape(1, 3, 4, 5), channels: 1)
    bench.labels = bench.labels.map { _ in 1 }
    let found = try bench.evaluate(try loss(["gate": .name("unlabelled")]))
    #expect(found.value == 0 && found.gradient.allSatisfy { $0 == 0 })
    #expect(try bench.evaluate(try loss()).value > 0)
  }

  @Test("a part of a batch is compared with its own images")
  func laterSamples() throws {
    let bench = Bench(Shape(2, 2, 4, 5), channels: 3)
    var second = bench
    second.shape = Shape(1, 2, 4, 5)
    second.logits = Array(bench.logits[40...])
    second.labels = Array(bench.labels[20...])
    let later = try second.evaluate(try loss(), firstSample: 1)
    second.images = Array(bench.images[60...])
    let alone = try second.evaluate(try loss())
    #expect(later.value == alone.value && later.gradient == alone.gradient)
  }

  @Test("a logit that is not a number makes the loss one that is not")
  func notANumber() throws {
    var bench = Bench(Shape(1, 3, 4, 5), channels: 1)
    bench.logits[7] = .nan
    #expect(try bench.evaluate(try loss()).value.isNaN)
  }

  @Test("evaluations leave it out, and training measures it")
  func trained() throws {
    try withScenes { data in
      let settings = SmallTraining(
        duration: .epochs(1),
        change: { configuration in
          guard let loss = try? self.loss() else { return }
          configuration.losses.append(WeightedLoss(loss: loss, weight: 0.1))
        })
      _ = try TrainingLoop(settings.configuration, data: data).run { event in
        if case .evaluationEnded(let report, _) = event {
          #expect((report.value(of: "training.gated_crf") ?? 0) > 0)
          #expect(report.value(of: "validation.gated_crf") == nil)
          #expect(report.validationLoss.isFinite)
        }
        return .proceed
      }
    }
  }
}
