@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite("Averaged weights")
struct WeightAveragingTests {
  private static let averagings: [WeightAveraging] = [
    .exponential(decay: 0.7, ramps: false), .exponential(decay: 0.99, ramps: true),
    .stochastic(from: .epochs(2), every: .epochs(1)),
    .stochastic(from: .iterations(3), every: .iterations(2)),
  ]

  private func settings(_ averaging: WeightAveraging?) -> SmallTraining {
    SmallTraining(duration: .epochs(4), change: { $0.optimization.averaging = averaging })
  }

  /// Follows a value through an average, from 1 on.
  private func follow(_ averaging: WeightAveraging, _ values: [Double]) -> [Double] {
    var average = 1.0
    return values.enumerated().map { index, value in
      if let part = averaging.part(afterSteps: index + 1, stepsPerEpoch: 2) {
        average += part * (value - average)
      }
      return average
    }
  }

  @Test("an exponential average is 1.561 after 2, 3, 4 from 1 with a decay of 0.9")
  func exponential() throws {
    let values = follow(.exponential(decay: 0.9, ramps: false), [2, 3, 4])
    for (value, expected) in zip(values, [1.1, 1.29, 1.561]) {
      #expect(abs(value - expected) < 1e-12)
    }
    // min(0.9, (1 + t)/(10 + t)) is 2/11 and 3/12 at first.
    let ramped = follow(.exponential(decay: 0.9, ramps: true), [2, 3])
    #expect(abs(ramped[0] - (2 - 2.0 / 11)) < 1e-12)
    #expect(abs(ramped[1] - (3 - 0.25 * (3 - ramped[0]))) < 1e-12)
  }

  @Test("a stochastic average is the mean of what it takes, from its beginning on")
  func stochastic() throws {
    // Two steps an epoch: after steps 2, 4 and 6.
    let averaging = WeightAveraging.stochastic(from: .epochs(1), every: .iterations(2))
    let values = follow(averaging, [9, 2, 9, 4, 9, 9])
    #expect(values == [1, 2, 2, 3, 3, 5])
    #expect(
      (0...3).map { averaging.hasBegun(afterSteps: $0, stepsPerEpoch: 2) }
        == [false, false, true, true])
  }

  @Test("the weights that are kept are the averages of those that were trained")
  func kept() throws {
    try withScenes { data in
      // One step before each evaluation: the weights after each step are seen.
      func evaluations(_ averaging: WeightAveraging?) throws -> [[TensorKey: [Float]]] {
        var settings = settings(averaging)
        (settings.duration, settings.every) = (.iterations(5), .iterations(1))
        var states: [[TensorKey: [Float]]] = []
        _ = try TrainingLoop(settings.configuration, data: data).run { event in
          if case .evaluationEnded(_, let state) = event {
            states.append(
              Dictionary(
                uniqueKeysWithValues: state.tensors.map {
                  (TensorKey($0.role, $0.name), Array($0.values))
                }))
          }
          return .proceed
        }
        return states
      }
      let plain = try evaluations(nil)
      for averaging in Self.averagings {
        let averaged = try evaluations(averaging)
        for name in ["encoder0.convolution0.weight", "encoder0.norm0.mean"] {
          let isParameter = name.hasSuffix("weight")
          let key = TensorKey(isParameter ? .parameter : .statistic, name)
          let trained = TensorKey(isParameter ? .trainedParameter : .trainedStatistic, name)
          var average: [Float]?
          for (step, (state, reference)) in zip(averaged, plain).enumerated() {
            // Averaging does not change the training.
            #expect(state[trained] == reference[key])
            let now = try #require(state[key])
            let part = averaging.part(afterSteps: step + 1, stepsPerEpoch: 2)
            let began = averaging.hasBegun(afterSteps: step + 1, stepsPerEpoch: 2)
            if !began {
              #expect(now == reference[key])
            } else if let average, let part {
              let expected = zip(average, try #require(reference[key])).map {
                $0 + Float(part) * ($1 - $0)
              }
              #expect(zip(now, expected).allSatisfy { abs($0 - $1) < 1e-6 })
              #expect(now != reference[key] || part == 1)
            }
            average = now
          }
        }
      }
    }
  }

  @Test("values are those of the averages")
  func values() throws {
    try withScenes { data in
      let plain = try record(settings(nil), data)
      let averaged = try record(settings(.exponential(decay: 0.7, ramps: false)), data)
      for (one, other) in zip(plain, averaged) {
        #expect(one.losses[0] == other.losses[0])
        #expect(one.losses[1] != other.losses[1])
      }
      // A decay of 0 keeps nothing of what was before.
      let none = try record(settings(.exponential(decay: 0, ramps: false)), data)
      #expect(none.map(\.losses) == plain.map(\.losses))
      // A stochastic average that has not begun changes nothing yet.
      let late = try record(settings(.stochastic(from: .epochs(4), every: .epochs(1))), data)
      #expect(late.map(\.losses) == plain.map(\.losses))
    }
  }

  @Test("continued from any evaluation it is the training that was never stopped", arguments: 0..<4)
  func continues(index: Int) throws {
    try withScenes { data in
      let settings = settings(Self.averagings[index])
      let straight = try record(settings, data)
      for number in 1...3 {
        let kept = try checkpoint(settings, data, after: number)
        #expect(
          try record(settings, data, from: kept) == Array(straight[number...]))
      }
    }
  }

  @Test("digests are of the averages and of what is trained, under names that differ")
  func digests() throws {
    try withScenes { data in
      let loop = try TrainingLoop(settings(Self.averagings[0]).configuration, data: data)
      #expect(Set(loop.digestedTensors).count == loop.digestedTensors.count)
      #expect(loop.digestedTensors.contains("encoder0.convolution0.weight"))
      #expect(loop.digestedTensors.contains("trained/encoder0.convolution0.weight"))
      #expect(try record(loop)[0].digests.count == loop.digestedTensors.count)
    }
  }

  @Test("an average that would begin behind the end is refused")
  func neverBegins() throws {
    try withScenes { data in
      let averaging = WeightAveraging.stochastic(from: .epochs(5), every: .epochs(1))
      #expect {
        try TrainingLoop(settings(averaging).configuration, data: data)
      } throws: { error in
        "\(error)".hasPrefix("solver.swa.from lies behind the end of the training")
      }
    }
  }

  // MARK: - Statistics

  private static let updating = WeightAveraging.stochastic(
    from: .epochs(2), every: .epochs(1), updatesStatistics: true)

  @Test("estimated anew, statistics are the means of the batches' own with the averaged weights")
  func estimated() throws {
    try withScenes { data in
      var settings = settings(Self.updating)
      settings.duration = .epochs(3)
      let found = try checkpoint(settings, data, after: 3)
      let other = try checkpoint(
        SmallTraining(
          duration: .epochs(3),
          change: { $0.optimization.averaging = .stochastic(from: .epochs(2), every: .epochs(1)) }),
        data, after: 3)
      let configuration = try settings.configuration
      let network = try configuration.network(
        channels: 3, size: data.train.size, classes: data.classes.count)
      let state = NetworkState(network, seed: 1)
      for tensor in state.parameters.tensors(.parameter) {
        let values = try #require(found[TensorKey(.parameter, tensor.name)])
        // The weights are averaged alike.
        #expect(values == other[TensorKey(.parameter, tensor.name)])
        UnsafeMutableBufferPointer(mutating: tensor.values).baseAddress!
          .update(from: values, count: values.count)
      }
      // The first batch norm sees what the first convolution makes of the images.
      let plan = try ExecutionPlan(
        network, batch: 3, purpose: .training,
        device: configuration.computation.makeDevice(measures: false),
        threads: 1)
      plan.allocate(state)
      let loader = try Loader(
        training: data.train, batchSize: 3, augmentations: configuration.augmentations,
        seed: configuration.seed, firstBatch: 4)
      let index = try #require(
        network.statistics.firstIndex { $0.name == "encoder0.norm0.variance" })
      var expected = [Double](repeating: 0, count: 4)
      for _ in 0..<2 {
        let batch = try loader.next()
        plan.load(batch.images)
        let before = Array(state.statistics[index])
        plan.forward()
        for channel in 0..<4 {
          // running = 0.9 · running + 0.1 · batch
          let own =
            (Double(state.statistics[index][channel]) - 0.9 * Double(before[channel])) / 0.1
          expected[channel] += own / 2
        }
      }
      let variance = try #require(found[TensorKey(.statistic, "encoder0.norm0.variance")])
      for channel in 0..<4 {
        #expect(abs(Double(variance[channel]) - expected[channel]) < 1e-4 * expected[channel])
      }
      #expect(variance != other[TensorKey(.statistic, "encoder0.norm0.variance")])
    }
  }

  @Test("estimating statistics changes no training, and is the same when it is continued")
  func estimatedAgain() throws {
    try withScenes { data in
      let settings = settings(Self.updating)
      let straight = try record(settings, data)
      let plain = try record(self.settings(nil), data)
      #expect(straight.map(\.losses[0]) == plain.map(\.losses[0]))
      #expect(straight.last?.losses[1] != plain.last?.losses[1])
      for number in 1...3 {
        let checkpoint = try checkpoint(settings, data, after: number)
        #expect(
          try record(settings, data, from: checkpoint)
            == Array(straight[number...]))
      }
    }
  }
}
