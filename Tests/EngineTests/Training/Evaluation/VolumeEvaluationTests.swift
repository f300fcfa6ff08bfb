@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Measurements
@testable import Networks
@testable import Tasks
import Testing
@testable import Training

/// Networks of volumes are evaluated and predict slice by slice.
@Suite struct VolumeEvaluationTests {
  private let size = Size(height: 20, width: 26)

  /// Volumes of three and of four slices, one of which has no labels.
  private func dataset(_ folder: String) throws -> SmallDataset {
    var dataset = try SmallDataset(folder, validation: 4)
    for name in (0..<3).map({ "t\($0)" }) + (0..<4).map({ "v\($0)" }) {
      var random = RandomStream(
        seed: UInt64(name.utf8.reduce(0) { $0 * 7 + Int($1) }), purpose: .init("evaluation"))
      var ids = [UInt8](repeating: name == "v2" ? 255 : 0, count: size.area)
      for _ in 0..<8 where name != "v2" {
        let (top, left) = (random.below(size.height - 5), random.below(size.width - 5))
        let id: UInt8 = [1, 1, 2, 255][random.below(4)]
        for y in top..<top + 5 { for x in left..<left + 5 { ids[y * size.width + x] = id } }
      }
      try dataset.writeSample(name, size: size, ids: ids)
    }
    dataset.configuration.classes = ["background", "a", "b"]
    dataset.configuration.normalization = .none
    return dataset
  }

  private func configuration(_ template: any Template, batch: Int) throws -> TrainingConfiguration {
    var configuration = try SmallTraining(
      batchSize: 1, duration: .iterations(1), rate: 1e-30, augments: false
    ).configuration
    configuration.template = template
    configuration.losses = try ["cross_entropy", "dice", "boundary"].map {
      .init(loss: try #require(try Registry.losses.makeDefault($0) as? any Loss), weight: 0.5)
    }
    if type(of: template).spatialRank == 3 { configuration.losses.removeLast() }
    configuration.evaluation.batchSize = batch
    configuration.evaluation.metrics = [
      try Registry.metrics.metric("hausdorff"), try Registry.metrics.metric("log_loss"),
    ]
    configuration.evaluation.worstImages = 4
    return configuration
  }

  private func evaluate(
    _ data: SegmentationData, _ template: any Template, batch: Int = 2
  ) throws -> EvaluationReport {
    var found: EvaluationReport?
    let loop = try TrainingLoop(configuration(template, batch: batch), data: data)
    _ = try loop.run { event in
      if case .evaluationEnded(let report, _) = event { found = report }
      return .proceed
    }
    return try #require(found)
  }

  @Test("a network of single voxels is judged alike of slices and of patches of the volume")
  func patches() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder)
      let slices = try evaluate(dataset.load(), PointwiseTemplate())
      let cuts: [(SpatialExtent, SpatialExtent)] = [
        ([2, 8, 12], [1, 5, 7]), ([3, 20, 26], [2, 20, 26]), ([1, 24, 32], [1, 24, 32]),
        ([3, 7, 9], [3, 7, 9]), ([6, 16, 16], [6, 16, 16]),
      ]
      for (extent, steps) in cuts {
        dataset.configuration.geometry = .patches(Patches(extent: extent, steps: steps))
        for batch in [1, 3] {
          let cut = try evaluate(dataset.load(), PointwiseVolumeTemplate(), batch: batch)
          #expect(cut.confusionCounts == slices.confusionCounts, "\(extent)")
          for (one, other) in zip(cut.validationLosses, slices.validationLosses.prefix(2)) {
            #expect(one.name == other.name && abs(one.value - other.value) < 1e-4, "\(extent)")
          }
          for (one, other) in zip(cut.metrics, slices.metrics) {
            #expect(one.name == other.name && abs(one.value - other.value) < 2e-4, "\(one.name)")
          }
          #expect(
            cut.worstImages?.images.map(\.name) == slices.worstImages?.images.map(\.name))
        }
      }
    }
  }

  @Test("a volume is predicted slab by slab, its slices given out in their order")
  func prediction() throws {
    try withTemporaryFolder { folder in
      let data = try dataset(folder).load()
      func predictor(
        _ template: any Template, _ tiling: Tiling, batch: Int
      ) throws -> ImagePredictor {
        let configuration = try configuration(template, batch: batch)
        let device = OpenBLASDevice()
        let input = NetworkInput(channels: 1, extent: tiling.extent)
        let planned = try configuration.predictor(
          of: input, classes: 3, batch: batch, device: device)
        planned.allocate(
          NetworkState(try configuration.network(input, classes: 3), seed: 5, on: device),
          in: device.allocate(bytes: planned.arenaBytes))
        return ImagePredictor(
          planned, of: configuration, input: data.input, tiling: tiling, volumes: [0..<4],
          shownChannels: 0..<1, wantsProbabilities: true)
      }
      func predict(_ predictor: ImagePredictor) throws -> [(index: Int, after: Int, PredictedImage)]
      {
        var results: [(index: Int, after: Int, PredictedImage)] = []
        for index in 0..<4 {
          let sample = data.validation.samples[index]
          predictor.predict(try data.imageReader.read(sample), index: index) {
            results.append(($0, index, $1))
          }
        }
        predictor.finish { results.append(($0, 4, $1)) }
        return results
      }
      let expected = try predict(
        predictor(PointwiseTemplate(), Tiling(size: size, stride: size), batch: 1))
      let deep = Tiling(extent: [6, 8, 12], steps: [6, 6, 7])
      let alone = try predict(predictor(PointwiseVolumeTemplate(), deep, batch: 2))
      #expect(alone.map(\.after) == [3, 3, 3, 3])
      #expect(alone.map(\.2.labels) == expected.map(\.2.labels))
      let tiling = Tiling(extent: [2, 8, 12], steps: [1, 6, 7])
      for (window, batch) in [(Tiling.Window.gaussian, 3), (.constant, 1)] {
        var tiling = tiling
        tiling.window = window
        let found = try predict(predictor(PointwiseVolumeTemplate(), tiling, batch: batch))
        #expect(found.map(\.index) == [0, 1, 2, 3])
        // What no later slab shows is given out at once.
        #expect(found.map(\.after) == [1, 2, 3, 3])
        for (one, other) in zip(found, expected) {
          #expect(one.2.labels == other.2.labels)
          let pairs = zip(try #require(one.2.probabilities), try #require(other.2.probabilities))
          #expect(pairs.allSatisfy { abs($0 - $1) < 1e-5 })
        }
      }
    }
  }

  @Test("what looks at images alone is refused for volumes")
  func refusals() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder)
      dataset.configuration.geometry = .patches(Patches(extent: [2, 8, 12]))
      let data = try dataset.load()
      func refusal(_ change: (inout TrainingConfiguration) throws -> Void) throws -> String {
        var configuration = try configuration(PointwiseVolumeTemplate(), batch: 1)
        try change(&configuration)
        let error = #expect(throws: TrainingError.self) {
          try TrainingLoop(configuration, data: data)
        }
        return try #require(error).description
      }
      let boundary = try refusal {
        $0.losses = [
          .init(
            loss: try #require(try Registry.losses.makeDefault("boundary") as? any Loss), weight: 1)
        ]
      }
      #expect(boundary.contains("loss 'boundary'") && boundary.contains("volumes"))
      let transformed = try refusal {
        $0.evaluation.testTimeAugmentation = TestTimeAugmentation(mirror: .both)
      }
      #expect(transformed.contains("test-time augmentation transforms images"))
      let image = try refusal { $0.template = try makeTemplate("unet") }
      #expect(image.contains("two-dimensional"))
    }
  }

  @Test("a small 3D U-Net learns, whatever the number of threads the same to the bit")
  func learns() throws {
    try withTemporaryFolder { folder in
      let scenes = GeneratedScenes(
        train: 6, validation: 3, size: Size(height: 32, width: 32), classes: 3, seed: 1)
      let data = try SegmentationData.load(
        DataConfiguration(
          root: nil, source: .generated(scenes, folder: folder), classes: scenes.classNames,
          ignore: [], geometry: .patches(Patches(extent: [2, 16, 16], steps: [1, 16, 16])),
          channels: 3, normalization: .dataset), seed: 1)
      func train(threads: Int) throws -> [EvaluationReport] {
        var training = SmallTraining(
          batchSize: 4, duration: .epochs(6), every: .epochs(3), threads: threads)
        training.template = "unet3d"
        training.computation.determinism = .portable
        training.change = {
          $0.template = try! makeTemplate(
            "unet3d",
            ["base_channels": .integer(4), "depth": .integer(2), "flat_levels": .integer(2)])
        }
        var reports: [EvaluationReport] = []
        _ = try TrainingLoop(training.configuration, data: data).run { event in
          if case .evaluationEnded(let report, _) = event { reports.append(report) }
          return .proceed
        }
        return reports
      }
      let reports = try train(threads: 1)
      #expect(reports[1].trainingLoss < 0.8 * reports[0].trainingLoss)
      #expect(try train(threads: 2).map(\.digests) == reports.map(\.digests))
    }
  }
}
