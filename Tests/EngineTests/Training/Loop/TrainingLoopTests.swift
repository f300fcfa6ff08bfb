@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite struct TrainingLoopTests {
  @Test("two trainings of one configuration are equal to the bit", arguments: ["unet", "enet"])
  func repeats(template: String) throws {
    try withScenes { data in
      let first = try record(SmallTraining(template: template), data)
      let second = try record(SmallTraining(template: template), data)
      #expect(first == second)
      #expect(first.count == 3)
    }
  }

  @Test("another seed gives another training")
  func seedMatters() throws {
    try withScenes { data in
      let first = try record(SmallTraining(), data)
      let second = try record(SmallTraining(seed: 2), data)
      #expect(first != second)
    }
  }

  // ENet has dropout: its masks must be those of the step, not of the attempt.
  @Test(
    "a training continued from any evaluation is the one that was never stopped",
    arguments: ["SGD", "AMSGRAD", "LOOKAHEAD", "MADGRAD", "LAMB"], ["unet", "enet"])
  func continues(solver: String, template: String) throws {
    try withScenes { data in
      let settings = SmallTraining(template: template, solver: solver)
      let straight = try record(settings, data)
      for number in 1...2 {
        let checkpoint = try checkpoint(settings, data, after: number)
        let loop = try TrainingLoop(settings.configuration, data: data)
        try loop.restore(step: checkpoint.step) { role, name in checkpoint[TensorKey(role, name)] }
        let continued = try record(loop)
        #expect(continued == Array(straight[number...]))
      }
    }
  }

  @Test("a schedule that learns from the evaluations is continued where it was")
  func continuesSchedule() throws {
    try withScenes { data in
      let settings = SmallTraining(
        duration: .epochs(4),
        schedule: (
          "plateau",
          ["patience": .integer(0), "threshold": .number(0.9), "gamma": .number(0.5)]
        ))
      let straight = try record(settings, data)
      #expect(straight.map(\.rate) == [0.01, 0.01, 0.005, 0.0025])
      for number in 1...3 {
        let checkpoint = try checkpoint(settings, data, after: number)
        let loop = try TrainingLoop(settings.configuration, data: data)
        try loop.restore(step: checkpoint.step) { role, name in checkpoint[TensorKey(role, name)] }
        #expect(try record(loop) == Array(straight[number...]))
      }
    }
  }

  @Test("parameters of a group with a rate of 0 stay as they were drawn")
  func frozenGroup() throws {
    try withScenes { data in
      var configuration = try SmallTraining(duration: .epochs(1)).configuration
      func weights(_ configuration: TrainingConfiguration) throws -> [String: [Float]] {
        var values: [String: [Float]] = [:]
        _ = try TrainingLoop(configuration, data: data).run { event in
          if case .evaluationEnded(_, let state) = event {
            for tensor in state.tensors where tensor.role == .parameter {
              values[tensor.name] = Array(tensor.values)
            }
          }
          return .proceed
        }
        return values
      }
      let free = try weights(configuration)
      configuration.optimization.parameterGroups.groups = [
        .init(pattern: NamePattern("encoder*"), rateMultiplier: 0)
      ]
      let frozen = try weights(configuration)
      configuration.optimization.baseLearningRate = 1e-30
      let drawn = try weights(configuration)
      for (name, values) in frozen {
        #expect((values == drawn[name]) == name.hasPrefix("encoder"), "\(name)")
        #expect(values != free[name], "\(name)")
      }
    }
  }

  @Test("the rate is warmed up and gradients are clipped")
  func warmupAndClipping() throws {
    try withScenes { data in
      var configuration = try SmallTraining(duration: .epochs(2)).configuration
      func losses() throws -> [(loss: Double, rate: Double)] {
        var steps: [(loss: Double, rate: Double)] = []
        _ = try TrainingLoop(configuration, data: data).run { event in
          if case .stepped(let report) = event { steps.append((report.loss, report.learningRate)) }
          return .proceed
        }
        return steps
      }
      let plain = try losses()
      configuration.optimization.warmup = Warmup(length: .epochs(1), startFactor: 0.5)
      let warmed = try losses()
      // Two steps an epoch.
      for (index, factor) in [0.5, 0.75, 1, 1].enumerated() {
        #expect(abs(warmed[index].rate / plain[index].rate - factor) < 1e-15)
      }
      configuration.optimization.warmup = nil
      configuration.optimization.clipping.norm = 1e-12
      let clipped = try losses()
      #expect(clipped.map(\.rate) == plain.map(\.rate))
      #expect(clipped[0].loss == plain[0].loss && clipped[3].loss != plain[3].loss)
    }
  }

  @Test("iterations and epochs that mean the same train the same")
  func iterations() throws {
    try withScenes { data in
      let epochs = try record(SmallTraining(), data)
      // 8 images in batches of 3: two steps an epoch.
      let iterations = try record(
        SmallTraining(duration: .iterations(6), every: .iterations(2)), data)
      #expect(epochs == iterations)
      let uneven = try record(
        SmallTraining(duration: .iterations(5), every: .iterations(2)), data)
      #expect(uneven.map(\.step) == [2, 4, 5])
    }
  }

  @Test("metrics that are asked for are in every evaluation and change nothing else")
  func metrics() throws {
    try withScenes { data in
      var configuration = try SmallTraining(duration: .epochs(2)).configuration
      let plain = try record(try TrainingLoop(configuration, data: data))
      configuration.evaluation.metrics = try Registry.metrics.namesOfClasses.map {
        try Registry.metrics.metric($0)
      }
      configuration.evaluation.worstImages = 2
      configuration.evaluation.absentClasses = .camvid
      var reports: [EvaluationReport] = []
      _ = try TrainingLoop(configuration, data: data).run { event in
        if case .evaluationEnded(let report, _) = event { reports.append(report) }
        return .proceed
      }
      #expect(reports.map(RepeatedEvaluation.init) == plain)
      for report in reports {
        #expect(report.metrics.map(\.name) == Registry.metrics.namesOfClasses)
        let names = report.measurements.map(\.series.name)
        #expect(Set(names).count == names.count)
        for metric in report.metrics {
          #expect(SeriesCatalog.standard.names.contains("validation.\(metric.name)"))
        }
        let worst = try #require(report.worstImages)
        #expect(worst.series == "validation.image.mean_iou" && worst.images.count == 2)
        #expect(worst.images.allSatisfy { data.validation.names.contains($0.name) })
        #expect(worst.images[0].value <= worst.images[1].value)
      }
    }
  }

  @Test("a schedule can go by a metric that is asked for")
  func monitoredMetric() throws {
    try withScenes { data in
      var configuration = try SmallTraining(
        duration: .epochs(3),
        schedule: (
          "plateau",
          [
            "monitor": .name("validation.hausdorff"), "patience": .integer(0),
            "gamma": .number(0.5),
          ]
        )
      ).configuration
      configuration.evaluation.metrics = [try Registry.metrics.metric("hausdorff")]
      var evaluations: [(distance: Double, rate: Double)] = []
      _ = try TrainingLoop(configuration, data: data).run { event in
        if case .evaluationEnded(let report, _) = event {
          evaluations.append(
            (report.value(of: "validation.hausdorff") ?? .nan, report.learningRate))
        }
        return .proceed
      }
      let fell = evaluations[1].distance < evaluations[0].distance * (1 - 1e-4)
      #expect(evaluations[1].rate == 0.01)
      #expect(evaluations[2].rate == (fell ? 0.01 : 0.005))
    }
  }

  @Test("a batch larger than the training set is refused")
  func batchSize() throws {
    try withScenes { data in
      #expect {
        try TrainingLoop(SmallTraining(batchSize: 9).configuration, data: data)
      } throws: { error in
        "\(error)" == "training.batch_size is 9 but there are 8 training images: use at most 8"
      }
    }
  }

  @Test("a loss that is not a number ends the training and says where")
  func divergence() throws {
    try withScenes { data in
      let loop = try TrainingLoop(
        SmallTraining(solver: "SGD", rate: 1e30).configuration, data: data)
      #expect {
        _ = try loop.run { _ in .proceed }
      } throws: { error in
        guard case TrainingError.diverged(let step, _) = error else { return false }
        return step > 1
      }
    }
  }

  @Test("a handler that says stop is not called again", arguments: [1, 4, 9])
  func stops(after count: Int) throws {
    try withScenes { data in
      let loop = try TrainingLoop(SmallTraining().configuration, data: data)
      var calls = 0
      let outcome = try loop.run { _ in
        calls += 1
        return calls < count ? .proceed : .stop
      }
      #expect(outcome == .stopped)
      #expect(calls == count)
    }
  }

  @Test("a checkpoint of another network is refused, with the tensor's name")
  func foreignCheckpoint() throws {
    try withScenes { data in
      let loop = try TrainingLoop(SmallTraining().configuration, data: data)
      #expect {
        try loop.restore(step: loop.summary.stepsPerEpoch) { _, _ in [0] }
      } throws: { error in
        "\(error)".contains("encoder0.convolution0.weight has 1 values, 108 are needed")
      }
    }
  }
}

@Suite struct TemplateTrainingTests {
  // Those that take seconds; the others are made of the same operations and blocks.
  @Test(
    "a template learns one batch by heart", arguments: ["unet", "enet", "se_net", "linknet"])
  func overfits(template: String) throws {
    try withScenes(train: 2) { data in
      let settings = SmallTraining(
        template: template, batchSize: 2, duration: .epochs(100), every: .epochs(100), rate: 1e-2,
        augments: false)
      var losses: [Double] = []
      _ = try TrainingLoop(settings.configuration, data: data).run { event in
        if case .stepped(let report) = event { losses.append(report.loss) }
        return .proceed
      }
      let (first, last) = (try #require(losses.first), try #require(losses.last))
      #expect(last < 0.3 * first, "\(template): \(first) → \(last)")
    }
  }
}
