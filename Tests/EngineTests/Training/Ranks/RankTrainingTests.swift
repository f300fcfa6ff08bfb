@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("Ranks that share the batches of a step")
struct RankTrainingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var template = "unet"
    var solver = "ADAM"
    var change: @Sendable (inout TrainingConfiguration) -> Void = { _ in }

    func settings(_ batches: Int) -> SmallTraining {
      SmallTraining(
        template: template, solver: solver, batchSize: 2, duration: .epochs(2),
        change: {
          $0.optimization.batchesPerStep = batches
          self.change(&$0)
        })
    }
  }

  static let cases = [
    Case(testDescription: "batch norm and augmentation"),
    Case(testDescription: "dropout", template: "enet"),
    Case(testDescription: "a second gradient elsewhere, a running mean", solver: "SAM") {
      $0.optimization.averaging = .exponential(decay: 0.9, ramps: true)
    },
    Case(testDescription: "slow weights, clipped gradients", solver: "RANGER") {
      $0.optimization.clipping = GradientClipping(value: 0.5, norm: 1)
    },
    Case(testDescription: "a mean of the weights with statistics of its own", solver: "SGD") {
      $0.optimization.averaging = .stochastic(
        from: .iterations(1), every: .iterations(1), updatesStatistics: true)
    },
    Case(testDescription: "a loss of the whole batch") {
      guard let dice = try? Registry.losses.makeDefault("dice") as? any Loss else { return }
      $0.losses = [.init(loss: dice, weight: 1)]
    },
  ]

  /// The evaluations of a training by so many ranks, and whether all of them ended well.
  private func record(
    _ settings: SmallTraining, _ data: SegmentationData, ranks: Int,
    from kept: KeptState? = nil
  ) throws -> [RepeatedEvaluation] {
    let configuration = try settings.configuration
    let results = try ThreadRanks.run(ranks) { channel -> [RepeatedEvaluation] in
      let loop = try TrainingLoop(configuration, data: data, ranks: channel)
      guard channel.leads else {
        try loop.follow()
        return []
      }
      if let kept {
        try loop.restore(step: kept.step) { role, name in kept[TensorKey(role, name)] }
      }
      return try EngineTests.record(loop)
    }
    return try results.map { try $0.get() }[0]
  }

  @Test("any number of ranks trains to the same bits", arguments: cases)
  func sameBits(setting: Case) throws {
    try withScenes(train: 16) { data in
      let alone = try EngineTests.record(setting.settings(4), data)
      #expect(alone.count == 2)
      for ranks in 2...4 {
        #expect(try record(setting.settings(4), data, ranks: ranks) == alone, "\(ranks) ranks")
      }
    }
  }

  @Test("a training goes on with another number of ranks to the same bits")
  func goesOn() throws {
    try withScenes(train: 16) { data in
      let settings = Self.cases[0].settings(4)
      let straight = try EngineTests.record(settings, data)
      let kept = try checkpoint(settings, data, after: 1)
      #expect(try record(settings, data, ranks: 2, from: kept) == Array(straight[1...]))
    }
  }

  @Test("more ranks than batches in a step are refused")
  func tooMany() throws {
    try withScenes { data in
      let configuration = try SmallTraining(batchSize: 2).configuration
      let results = try ThreadRanks.run(2) { channel in
        _ = try TrainingLoop(configuration, data: data, ranks: channel)
      }
      for result in results {
        #expect {
          try result.get()
        } throws: {
          "\($0)".hasPrefix("limits.ranks is 2, but a step has 1 batch to share: ")
        }
      }
    }
  }

  @Test("what goes wrong on one rank all of them hear, and nobody waits")
  func failure() throws {
    let results = try ThreadRanks.run(3) { channel in
      let error = channel.group.rank == 1 ? DataError(DataProblem("a.png: it is gone")) : nil
      try channel.share(error)
    }
    let errors = results.map { result -> String in
      do {
        try result.get()
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      errors == ["rank 1: a.png: it is gone", "a.png: it is gone", "rank 1: a.png: it is gone"])
    guard case .failure(let error) = results[0] else { return }
    #expect((error as? RankFailure)?.isOfTheData == true)
  }

  @Test("commands and words reach every rank")
  func words() throws {
    let heard = try ThreadRanks.run(3) { channel -> [String] in
      if channel.leads {
        try channel.send(.text("grüß"))
        try channel.send(.step(7))
        try channel.send(.end)
      } else {
        #expect(try channel.receive() == .text("grüß"))
        #expect(try channel.receive() == .step(7))
        #expect(try channel.receive() == .end)
      }
      return try channel.gather(String(repeating: "x", count: channel.group.rank))
    }
    for words in heard { #expect(try words.get() == ["", "x", "xx"]) }
  }

  @Test("shares take every batch once, and those of a turn follow each other")
  func shares() {
    for batches in 1...7 {
      for ranks in 1...batches {
        let shares = (0..<ranks).map { BatchShare(number: $0, of: ranks).of(batches) }
        var taken: [Int] = []
        // Two steps, turn by turn.
        var own = Array(repeating: 0, count: ranks)
        for _ in 0..<2 {
          for first in stride(from: 0, to: batches, by: ranks) {
            for rank in 0..<min(ranks, batches - first) {
              taken.append(shares[rank].batch(own[rank]))
              own[rank] += 1
            }
          }
        }
        #expect(taken == Array(0..<2 * batches))
      }
    }
  }

  @Test("the parts of the gradients are all of them, each of whole cache lines")
  func parts() {
    for count in [0, 16, 48, 160, 1 << 20] {
      for ranks in 1...9 {
        let parts = ShardGradients.parts(of: count, for: ranks)
        #expect(parts.flatMap { Array($0) } == Array(0..<count))
        #expect(parts.allSatisfy { $0.lowerBound.isMultiple(of: 16) })
      }
    }
  }
}
