@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("Trainings on mixed samples")
struct MixedTrainingTests {
  private func settings(
    _ probability: Double, batch: Int = 2, losses: [String] = ["cross_entropy", "dice"],
    change: @escaping (inout TrainingConfiguration) -> Void = { _ in }
  ) -> SmallTraining {
    SmallTraining(
      template: "enet", batchSize: batch,
      change: { configuration in
        let mixup = Mixup(.sample(Mixup.fields, ["probability": .number(probability)]))
        configuration.augmentations.append(mixup)
        configuration.losses = losses.map { name in
          .init(loss: try! Registry.losses.makeDefault(name) as! any Loss, weight: 1)
        }
        change(&configuration)
      })
  }

  @Test("continued from any evaluation it is the training that was never stopped")
  func continues() throws {
    try withScenes { data in
      let settings = settings(0.7)
      let straight = try record(settings, data)
      #expect(try record(settings, data) == straight)
      for number in 1...2 {
        let kept = try checkpoint(settings, data, after: number)
        #expect(
          try record(settings, data, from: kept) == Array(straight[number...]))
      }
    }
  }

  @Test("where no image is mixed, one by one they train as without it")
  func single() throws {
    try withScenes { data in
      let never = settings(0, batch: 1)
      let plain = try record(settings(0, batch: 1) { $0.augmentations.removeLast() }, data)
      #expect(try record(never, data) == plain)
      #expect(try record(settings(1, batch: 1), data) != plain)
    }
  }

  // The losses of this batch are one ratio over all pixels; those of mixed samples one an image.
  @Test("a batch is then the mean of its images")
  func images() throws {
    try withScenes { data in
      let never = settings(0, batch: 4, losses: ["dice"])
      let plain = settings(0, batch: 4, losses: ["dice"]) { $0.augmentations.removeLast() }
      let (mixed, whole) = (try record(never, data), try record(plain, data))
      #expect(mixed[0].losses[0] != whole[0].losses[0])
      #expect(abs(mixed[0].losses[0] - whole[0].losses[0]) < 0.2)
    }
  }

  @Test("several batches a step and second gradients see the same mixed samples")
  func around() throws {
    try withScenes { data in
      let settings = settings(1) { configuration in
        configuration.optimization.batchesPerStep = 2
        configuration.optimization.solver = try! Registry.solvers.makeDefault("SAM") as! any Solver
      }
      let straight = try record(settings, data)
      #expect(straight.allSatisfy { $0.losses.allSatisfy(\.isFinite) })
      let kept = try checkpoint(settings, data, after: 1)
      #expect(try record(settings, data, from: kept) == Array(straight[1...]))
    }
  }

  @Test("the second plane of labels is part of the memory that is planned")
  func memory() throws {
    let shape = DataShape(
      trainingSize: Size(square: 32), validationSize: Size(square: 32), channels: 3, classes: 3)
    func bytes(_ settings: SmallTraining) throws -> Int {
      let configuration = try settings.configuration
      return try TrainingPlans(configuration, shape: shape).passingBytes(configuration)
    }
    let plain = settings(1) { $0.augmentations.removeLast() }
    // Four batches of two images.
    #expect(try bytes(settings(1)) - bytes(plain) == 4 * 2 * (2 * 32 * 32 + 4))
  }

  @Test("augmentations behind it are refused before anything is planned")
  func order() throws {
    try withScenes { data in
      let settings = settings(1) { $0.augmentations.reverse() }
      #expect {
        try TrainingLoop(settings.configuration, data: data)
      } throws: { error in
        "\(error)" == "augmentation 'mixup': rotate comes after it, but would have to change two "
          + "planes of labels: write mixup last"
      }
    }
  }

  @Test("a preview shows the mixed sample, tinted by the labels of its greater part")
  func preview() throws {
    try withScenes { data in
      func sheet(_ augmentations: [any Augmentation]) throws -> Raster {
        try AugmentationPreview(data, augmentations: augmentations, seed: 1)
          .sheet(sample: 0, epochs: 0..<4)
      }
      let mixup = Mixup(.sample(Mixup.fields))
      let (mixed, again, plain) = (try sheet([mixup]), try sheet([mixup]), try sheet([]))
      #expect(mixed == again && mixed != plain)
      var sample = try data.train.sample(0)
      sample.partners = [try data.train.sample(1)]
      let (own, other) = (sample.labels, sample.partners[0].labels)
      #expect(own != other && sample.strongerLabels == own)
      sample.mix(partner: 0, lambda: 0.25)
      #expect(sample.strongerLabels == other && sample.labels == own)
    }
  }
}
