@testable import Datasets
@testable import Execution
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite("The predictor that augments at test time")
struct AugmentedPredictorTests {
  private static let classes = 3
  private static let batch = 2

  /// A network with the weights that it is drawn with, and images to look at.
  private struct Bench {
    var configuration: TrainingConfiguration
    let size: Size
    let images: NaivePlanes

    init(_ configuration: TrainingConfiguration, size: Size) {
      self.configuration = configuration
      self.size = size
      var random = RandomStream(seed: 1, purpose: .init("images"))
      images = NaivePlanes(3 * batch, size) { _, _, _ in Double(random.uniform(-2, 2)) }
    }

    /// `[N, K, H, W]` each.
    func predict(
      _ augmentation: TestTimeAugmentation, size: Size? = nil, images: NaivePlanes? = nil
    ) throws -> (logits: [Float], singleLogits: [Float], edges: [Float]) {
      var configuration = configuration
      configuration.evaluation.testTimeAugmentation = augmentation
      let input = NetworkInput(channels: 3, size: size ?? self.size)
      let device = try configuration.computation.makeDevice(measures: false)
      let predictor = try configuration.predictor(
        of: input, classes: classes, batch: batch,
        device: device)
      let state = NetworkState(
        try configuration.network(channels: 3, size: input.size, classes: classes), seed: 1,
        on: device)
      predictor.allocate(state, in: device.allocate(bytes: predictor.arenaBytes))
      // What another batch leaves must not matter.
      _ = predictor.predict((images ?? self.images).floats.map { -$0 })
      let predicted = predictor.predict((images ?? self.images).floats)
      let places = predictor.logitsLayout.places
      return withExtendedLifetime(predictor) {
        (
          places.map { predicted.logits[$0] }, places.map { predicted.singleLogits[$0] },
          zip(predicted.heads, predictor.headLayouts).dropFirst().flatMap { values, head in
            head.layout.places.map { values[$0] }
          }
        )
      }
    }

    /// The logits of edges of every transform, brought back and averaged.
    func naiveMeanOfEdges(_ augmentation: TestTimeAugmentation) throws -> NaivePlanes {
      var predictions: [NaivePlanes] = []
      for size in try augmentation.sizes(of: size, for: configuration.template) {
        for symmetry in augmentation.symmetries {
          let transformed = images.resized(to: size).transformed(by: symmetry)
          let edges = try predict(.none, size: size, images: transformed).edges
          let planes = NaivePlanes(batch, size, edges.map(Double.init))
          predictions.append(planes.broughtBack(from: symmetry).resized(to: self.size))
        }
      }
      return NaivePlanes.mean(predictions)
    }

    /// The logits of every transform, brought back and averaged as they are or as probabilities.
    func naiveMean(
      _ augmentation: TestTimeAugmentation, ofProbabilities: Bool
    ) throws -> NaivePlanes {
      var predictions: [NaivePlanes] = []
      for size in try augmentation.sizes(of: size, for: configuration.template) {
        for symmetry in augmentation.symmetries {
          let logits = try predict(
            .none, size: size, images: images.resized(to: size).transformed(by: symmetry)
          ).logits
          let planes = NaivePlanes(batch * classes, size, logits.map(Double.init))
          let quantity = ofProbabilities ? planes.softmax(classes: classes) : planes
          predictions.append(quantity.broughtBack(from: symmetry).resized(to: self.size))
        }
      }
      return NaivePlanes.mean(predictions)
    }
  }

  static let augmentations = [
    TestTimeAugmentation(mirror: .horizontal), TestTimeAugmentation(mirror: .both),
    TestTimeAugmentation(mirror: .vertical, rotates: true), TestTimeAugmentation(rotates: true),
    TestTimeAugmentation(scales: [0.75, 1, 1.25]),
    TestTimeAugmentation(mirror: .horizontal, scales: [1.5, 0.5]),
  ]

  @Test(
    "it is the logarithm of the mean probabilities", arguments: augmentations,
    [DeviceKind.onednn, .openblas, .guarded])
  func probabilities(
    augmentation: TestTimeAugmentation, device: DeviceKind
  ) throws {
    let bench = Bench(
      try SmallTraining(computation: Computation(device: device)).configuration,
      size: Size(square: 24))
    let mean = try bench.naiveMean(augmentation, ofProbabilities: true)
    let logits = try bench.predict(augmentation).logits
    let greatest = zip(logits, mean.values).map { abs(Double($0) - log($1)) }.max() ?? .nan
    #expect(greatest < 1e-5)
    // The image as it is says something else.
    let single = try bench.predict(.none).logits.map(Double.init)
    let probabilities = NaivePlanes(mean.count, mean.size, single).softmax(classes: Self.classes)
    #expect(zip(probabilities.values, mean.values).contains { abs($0 - $1) > 1e-2 })
  }

  @Test("losses of single logits are given the mean logits", arguments: ["bce", "lovasz_hinge"])
  func singleLogits(loss: String) throws {
    let augmentation = TestTimeAugmentation(mirror: .both, scales: [1, 0.5])
    var bench = Bench(
      try SmallTraining(
        change: {
          if let loss = try? Registry.losses.makeDefault(loss) as? any Loss {
            $0.losses = [.init(loss: loss, weight: 1)]
          }
        }
      ).configuration, size: Size(height: 16, width: 24))
    let mean = try bench.naiveMean(augmentation, ofProbabilities: false)
    let predicted = try bench.predict(augmentation)
    #expect(
      zip(predicted.singleLogits, mean.values).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    #expect(predicted.singleLogits != predicted.logits)
    // Where nothing asks for them they are not computed.
    bench.configuration.losses = try SmallTraining().configuration.losses
    let without = try bench.predict(augmentation)
    #expect(without.singleLogits == without.logits && without.logits == predicted.logits)
  }

  @Test("losses of edges are given the mean logits of edges")
  func edges() throws {
    var configuration = try SmallTraining().configuration
    configuration.template = try UNet(
      FieldValues(
        ["edge_head": .boolean(true), "base_channels": .integer(4), "depth": .integer(2)],
        of: UNet.fields))
    let bench = Bench(configuration, size: Size(height: 16, width: 24))
    let augmentation = TestTimeAugmentation(mirror: .both, scales: [1, 0.5])
    let mean = try bench.naiveMeanOfEdges(augmentation)
    let edges = try bench.predict(augmentation).edges
    #expect(edges.count == Self.batch * bench.size.area)
    #expect(zip(edges, mean.values).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    #expect(try bench.predict(.none).edges != edges)
  }

  @Test(
    "a loss says so if one more in all logits of a pixel changes it",
    arguments: LossConformanceTests.names)
  func readers(name: String) throws {
    let loss = try #require(try Registry.losses.makeDefault(name) as? any Loss)
    let bench = LossBench(Shape(2, 3, 6, 7))
    var shifted = bench
    shifted.logits = bench.logits.map { $0 + 1 }
    let difference = abs(try bench.value(loss) - shifted.value(loss))
    #expect((difference > 1e-3) == type(of: loss).readsSingleLogits)
  }

  @Test(
    "a network that says the same of every transform is not changed by them",
    arguments: [
      TestTimeAugmentation(mirror: .horizontal), TestTimeAugmentation(mirror: .both, rotates: true),
    ])
  func equivariant(augmentation: TestTimeAugmentation) throws {
    var configuration = try SmallTraining().configuration
    configuration.template = PointwiseTemplate()
    let bench = Bench(configuration, size: Size(square: 21))
    let logits = try bench.predict(.none).logits.map(Double.init)
    let single = NaivePlanes(Self.batch * Self.classes, bench.size, logits)
    let mean = try bench.predict(augmentation).logits.map { exp(Double($0)) }
    let differences = zip(single.softmax(classes: Self.classes).values, mean).map { abs($0 - $1) }
    #expect((differences.max() ?? .nan) < 1e-6)
  }

  @Test("its memory is what it says, and that of the arena the most of its plans")
  func memory() throws {
    func plans(_ augmentation: TestTimeAugmentation) throws -> TrainingPlans {
      try TrainingPlans(
        SmallTraining(batchSize: 1, change: { $0.evaluation.testTimeAugmentation = augmentation })
          .configuration,
        shape: DataShape(
          trainingSize: Size(square: 16), validationSize: Size(square: 64), channels: 3, classes: 3)
      )
    }
    let plain = try plans(.none).evaluation
    let mirrored = try plans(TestTimeAugmentation(mirror: .both)).evaluation
    #expect(plain.ownBytes == 0 && plain.transforms == 1)
    #expect(mirrored.arenaBytes == plain.arenaBytes && mirrored.transforms == 4)
    // The sum of the transforms: 2 × 3 × 64 × 64 values. Its resampling weighs little.
    let sum = 2 * 3 * 64 * 64 * 4
    #expect((sum..<sum + sum / 10).contains(mirrored.ownBytes))
    let scaled = try plans(TestTimeAugmentation(scales: [1, 2]))
    // Images and sums of four times the size besides.
    let own = 2 * 4 * sum + sum
    #expect((own..<own + own / 10).contains(scaled.evaluation.ownBytes))
    #expect(scaled.evaluation.arenaBytes > 3 * plain.arenaBytes)
    #expect(scaled.transformsPerEvaluation == 2)
    #expect(scaled.flopsPerEvaluation == 5 * plain.flopsPerImage)
    let configuration = try SmallTraining(batchSize: 1).configuration
    #expect(
      scaled.memoryBytes(configuration) - (try plans(.none).memoryBytes(configuration))
        == scaled.evaluation.arenaBytes - plain.arenaBytes + scaled.evaluation.ownBytes)
  }
}
