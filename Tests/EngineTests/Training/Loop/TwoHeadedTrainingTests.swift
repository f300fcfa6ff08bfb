@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite("Trainings with an edge head")
struct TwoHeadedTrainingTests {
  private static let losses = ["cross_entropy", "edge", "edge_attention", "dual_task"]

  private func settings(
    _ template: String = "unet", epochs: Int = 3, computation: Computation = Computation(),
    threads: Int = 1, augments: Bool = true
  ) throws -> SmallTraining {
    var fields: [String: FieldValue] = ["edge_head": .boolean(true)]
    if template == "unet" {
      fields.merge(["base_channels": .integer(4), "depth": .integer(2)]) { $1 }
    }
    let template = try #require(
      try Registry.templates.makeDefault(template, fields) as? any Template)
    let losses = try Self.losses.map { name in
      WeightedLoss(
        loss: try #require(try Registry.losses.makeDefault(name) as? any Loss), weight: 1)
    }
    return SmallTraining(
      duration: .epochs(epochs), augments: augments, computation: computation, threads: threads,
      change: { ($0.template, $0.losses) = (template, losses) })
  }

  @Test(
    "one continued from any evaluation is the one that was never stopped",
    arguments: ["unet", "enet"])
  func continues(template: String) throws {
    try withScenes { data in
      let settings = try settings(template)
      let straight = try record(settings, data)
      #expect(straight.count == 3)
      for number in 1...2 {
        let checkpoint = try checkpoint(settings, data, after: number)
        #expect(checkpoint[TensorKey(.parameter, "edge_head.weight")] != nil)
        let continued = try record(settings, data, from: checkpoint)
        #expect(continued == Array(straight[number...]))
      }
    }
  }

  @Test("what is given up and made again changes no bit", arguments: ["unet", "enet"])
  func recomputes(template: String) throws {
    try withScenes { data in
      let kept = try record(settings(template), data)
      let again = try record(settings(template, computation: Computation(recomputes: true)), data)
      #expect(kept == again)
    }
  }

  @Test("a portable one computes the same bits with any number of threads")
  func portable() throws {
    try withScenes { data in
      let computation = Computation(determinism: .portable)
      let one = try record(settings(computation: computation, threads: 1), data)
      #expect(try record(settings(computation: computation, threads: 3), data) == one)
    }
  }

  @Test(
    "every other device trains and repeats itself", arguments: [DeviceKind.openblas, .guarded])
  func devices(device: DeviceKind) throws { try repeats(Computation(device: device)) }

  @Test("one in bf16 trains and repeats itself", .needsBF16)
  func bf16() throws { try repeats(Computation(precision: .bf16, emulatesPrecision: true)) }

  private func repeats(_ computation: Computation) throws {
    try withScenes { data in
      let settings = try settings(computation: computation)
      let first = try record(settings, data)
      #expect(try record(settings, data) == first)
    }
  }

  @Test("both heads learn a batch by heart")
  func learns() throws {
    try withScenes(train: 3) { data in
      var reports: [EvaluationReport] = []
      let settings = try settings(epochs: 150, augments: false)
      _ = try TrainingLoop(settings.configuration, data: data).run { event in
        if case .evaluationEnded(let report, _) = event { reports.append(report) }
        return .proceed
      }
      let (first, last) = (try #require(reports.first), try #require(reports.last))
      #expect(first.validationLosses.map(\.name) == Self.losses)
      for (index, name) in Self.losses.enumerated() where name != "edge_attention" {
        let (before, after) = (
          first.trainingLosses[index].value, last.trainingLosses[index].value
        )
        #expect(after < 0.85 * before, "\(name): \(before) → \(after)")
      }
    }
  }
}
