@testable import Datasets
@testable import Groundwork
import Testing
@testable import Training

@Suite("Batch norm of a single value")
struct BatchNormOfOneValueTests {
  private func plans(
    _ size: Size, batch: Int, batchNorm: Bool = true, crop: Size? = nil
  ) throws -> TrainingPlans {
    var configuration = try SmallTraining(
      batchSize: batch, augments: false, batchNorm: batchNorm
    ).configuration
    if let crop {
      let random = try Registry.augmentations.makeDefault("random_crop", ["size": .size(crop)])
      configuration.augmentations = [try #require(random as? any Augmentation)]
    }
    return try TrainingPlans(
      configuration,
      shape: DataShape(trainingSize: size, validationSize: size, channels: 3, classes: 3))
  }

  private func refusal(_ make: () throws -> TrainingPlans) -> String? {
    do {
      _ = try make()
      return nil
    } catch { return "\(error)" }
  }

  @Test("at the bottom of the network a batch of one has one value a channel: refused")
  func refused() {
    // Depth 2: the bottleneck is a quarter of the image.
    let message = refusal { try plans(Size(square: 4), batch: 1) }
    #expect(message?.contains("bottleneck.norm0 sees a single value of each channel") == true)
    #expect(message?.contains("larger images, less depth, or batches of 2 and more") == true)
    #expect(refusal { try plans(Size(square: 16), batch: 1, crop: Size(square: 4)) } != nil)
  }

  @Test("what the message proposes is trained")
  func remedies() {
    #expect(refusal { try plans(Size(square: 4), batch: 2) } == nil)
    #expect(refusal { try plans(Size(height: 4, width: 8), batch: 1) } == nil)
    #expect(refusal { try plans(Size(square: 4), batch: 1, batchNorm: false) } == nil)
  }
}
