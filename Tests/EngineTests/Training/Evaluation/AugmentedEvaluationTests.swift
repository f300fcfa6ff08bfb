@testable import Datasets
@testable import Execution
import Testing
@testable import Training

@Suite("Evaluation with test-time augmentation")
struct AugmentedEvaluationTests {
  private func settings(
    _ augmentation: TestTimeAugmentation, threads: Int = 1, template: String = "unet",
    determinism: Computation.Determinism = .machine
  ) -> SmallTraining {
    SmallTraining(
      template: template, batchSize: 2, computation: Computation(determinism: determinism),
      threads: threads, change: { $0.evaluation.testTimeAugmentation = augmentation })
  }

  private static let all = TestTimeAugmentation(mirror: .both, scales: [0.75, 1, 1.25])

  @Test("it changes what is found out, and nothing of what is trained")
  func training() throws {
    try withScenes { data in
      let plain = try record(settings(.none), data)
      let mirrored = try record(settings(TestTimeAugmentation(mirror: .horizontal)), data)
      #expect(mirrored.map(\.digests) == plain.map(\.digests))
      #expect(mirrored.map(\.losses[0]) == plain.map(\.losses[0]))
      #expect(mirrored.map(\.confusion) != plain.map(\.confusion))
      #expect(mirrored.map(\.losses[1]) != plain.map(\.losses[1]))
    }
  }

  @Test("a network of single pixels has the same counts with and without it")
  func equivariant() throws {
    try withScenes { data in
      func evaluations(_ augmentation: TestTimeAugmentation) throws -> [RepeatedEvaluation] {
        var configuration = try settings(augmentation).configuration
        configuration.template = PointwiseTemplate()
        return try record(try TrainingLoop(configuration, data: data))
      }
      let plain = try evaluations(.none)
      for mirror in TestTimeAugmentation.Mirror.allCases {
        let mirrored = try evaluations(TestTimeAugmentation(mirror: mirror))
        #expect(mirrored.map(\.confusion) == plain.map(\.confusion))
        for (one, other) in zip(mirrored, plain) {
          #expect(abs(one.losses[1] - other.losses[1]) < 1e-6)
        }
      }
    }
  }

  @Test("repeated, continued and on other threads it is the same to the bit")
  func bits() throws {
    try withScenes { data in
      let settings = settings(Self.all, template: "enet", determinism: .portable)
      let straight = try record(settings, data)
      #expect(straight.count == 3)
      #expect(try record(settings, data) == straight)
      let checkpoint = try checkpoint(settings, data, after: 1)
      #expect(
        try record(settings, data, from: checkpoint) == Array(straight[1...]))
      let threads = self.settings(
        Self.all, threads: 3, template: "enet", determinism: .portable)
      #expect(try record(threads, data) == straight)
    }
  }

  @Test("its progress is told in images")
  func progress() throws {
    try withScenes { data in
      var done: [Int] = []
      _ = try TrainingLoop(settings(Self.all).configuration, data: data).run { event in
        if case .evaluating(let progress) = event {
          #expect(progress.samples == 3)
          done.append(progress.done)
        }
        return .proceed
      }
      #expect(done == [2, 3, 2, 3, 2, 3])
    }
  }

  @Test("images that cannot be transformed so are refused, with the place")
  func refusal() throws {
    try withScenes { data in
      #expect {
        try TrainingLoop(
          settings(TestTimeAugmentation(rotates: true)).configuration, data: data)
      } throws: { error in
        "\(error)".hasPrefix(
          "evaluation 'test_time_augmentation': rotate90 needs square images, but those to "
            + "validate are 32×40: ")
      }
    }
  }
}
