@testable import Datasets
@testable import Execution
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite("Several networks that are asked together")
struct EnsemblePredictorTests {
  private static let size = Size(height: 16, width: 24)
  private static let batch = 2
  private static let classes = 3

  /// A network with the weights that a seed draws.
  private func member(
    seed: UInt64, _ augmentation: TestTimeAugmentation = .none
  ) throws -> any BatchPredictor {
    var configuration = try SmallTraining().configuration
    configuration.evaluation.testTimeAugmentation = augmentation
    let input = NetworkInput(channels: 3, size: Self.size)
    let device = try configuration.computation.makeDevice(measures: false)
    let predictor = try configuration.predictor(
      of: input, classes: Self.classes, batch: Self.batch, device: device)
    let network = try configuration.network(
      channels: 3, size: Self.size, classes: Self.classes)
    predictor.allocate(
      NetworkState(network, seed: seed, on: device),
      in: device.allocate(bytes: predictor.arenaBytes))
    return predictor
  }

  private var images: [Float] {
    var random = RandomStream(seed: 3, purpose: .init("images"))
    return (0..<Self.batch * 3 * Self.size.area).map { _ in Float(random.uniform(-2, 2)) }
  }

  /// `[N, K, H, W]`: the logarithms of the probabilities.
  private func logProbabilities(
    _ predictor: any BatchPredictor, _ images: [Float]
  ) -> [Double] {
    let predicted = predictor.predict(images)
    let logits = predictor.logitsLayout.places.map { Double(predicted.logits[$0]) }
    let area = Self.size.area
    return logits.indices.map { place in
      let (image, pixel) = (place / (Self.classes * area), place % area)
      let all = (0..<Self.classes).map { exp(logits[(image * Self.classes + $0) * area + pixel]) }
      return logits[place] - log(all.reduce(0, +))
    }
  }

  @Test(
    "the logits are the logarithms of the mean probabilities of all",
    arguments: [TestTimeAugmentation.none, TestTimeAugmentation(mirror: .both)])
  func mean(augmentation: TestTimeAugmentation) throws {
    let members = try [1, 2, 3].map { try member(seed: $0, augmentation) }
    let alone = members.map { logProbabilities($0, images) }
    let ensemble = EnsemblePredictor(
      members.map { .init($0, renormalization: nil) }, averagesLogits: false, threads: 2)
    let together = logProbabilities(ensemble, images)
    for place in together.indices {
      let mean = alone.reduce(0) { $0 + exp($1[place]) } / Double(alone.count)
      #expect(abs(together[place] - log(mean)) < 1e-5)
    }
    #expect(zip(together, alone[0]).contains { abs($0 - $1) > 1e-2 })
  }

  @Test("a network asked together with itself says what it says alone")
  func same() throws {
    let alone = logProbabilities(try member(seed: 5), images)
    let twice = EnsemblePredictor(
      try (0..<2).map { _ in .init(try member(seed: 5), renormalization: nil) },
      averagesLogits: false, threads: 1)
    #expect(zip(logProbabilities(twice, images), alone).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("each is shown images as it was in its training")
  func renormalization() throws {
    let first = Normalizer(mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.25, 0.3])
    let second = Normalizer(mean: [0.1, 0.2, 0.6], deviation: [0.5, 0.1, 0.4])
    #expect(Renormalization(from: first, to: first) == nil)
    let renormalization = try #require(Renormalization(from: first, to: second))
    let size = Size(height: 3, width: 5)
    let raster = Raster(
      size: size, channels: 3, pixels: (0..<size.area * 3).map { UInt8($0 * 5 % 256) })
    func normalized(_ normalizer: Normalizer) -> [Float] {
      [Float].filled(count: size.area * 3) { normalizer.apply(to: raster, into: $0) }
    }
    let found = [Float].filled(count: size.area * 3) {
      renormalization.apply(
        to: normalized(first), Shape(1, 3, size.height, size.width), into: $0)
    }
    #expect(zip(found, normalized(second)).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
