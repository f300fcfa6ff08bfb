@testable import Datasets
@testable import Execution
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing
@testable import Training

/// A task that is defined beside the tests goes all the way through the engine.
@Suite("A task of one's own")
struct BorderDistanceTests {
  private func withData(
    _ geometry: DataConfiguration.Geometry = .original, _ body: (SegmentationData) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let scenes = GeneratedScenes(
        train: 8, validation: 3, size: Size(height: 32, width: 40), classes: 3, seed: 1)
      var configuration = DataConfiguration(
        root: nil, source: .generated(scenes, folder: folder), classes: scenes.classNames,
        ignore: [], geometry: geometry, channels: 3, normalization: .dataset)
      configuration.reading = BorderDistanceTask().reading
      try body(try SegmentationData.load(configuration, seed: 1))
    }
  }

  private func settings(epochs: Int, mixes: Bool = false) -> SmallTraining {
    SmallTraining(
      batchSize: 2, duration: .epochs(epochs),
      change: { configuration in
        configuration.task = BorderDistanceTask()
        configuration.losses = [.init(loss: BorderDistanceLoss(), weight: 1)]
        configuration.evaluation.metrics = [BorderDistanceError()]
        if mixes { configuration.augmentations.append(Mixup(.sample(Mixup.fields))) }
      })
  }

  private func reports(
    _ settings: SmallTraining, _ data: SegmentationData
  ) throws -> [EvaluationReport] {
    var reports: [EvaluationReport] = []
    _ = try TrainingLoop(settings.configuration, data: data).run { event in
      if case .evaluationEnded(let report, _) = event { reports.append(report) }
      return .proceed
    }
    return reports
  }

  @Test("a small U-Net learns distances, augmented and mixed", arguments: [false, true])
  func learns(mixes: Bool) throws {
    try withData { data in
      let reports = try reports(settings(epochs: 25, mixes: mixes), data)
      let errors = reports.compactMap { $0.value(of: "validation.border_distance_error") }
      let (first, last) = (try #require(errors.first), try #require(errors.last))
      #expect(last < 0.8 * first, "\(errors)")
      #expect(try #require(reports.last).validationLoss < 0.75 * reports[0].validationLoss)
      #expect(reports.allSatisfy { $0.confusionCounts.allSatisfy { $0 == 0 } })
    }
  }

  @Test("distances are derived from what augmentations made of the classes")
  func derived() throws {
    try withData { data in
      let mirror = Mirror(.sample(Mirror.fields, ["probability": .number(1)]))
      let loader = try Loader(
        training: data.train, batchSize: 8, augmentations: [mirror], seed: 3, threads: 1)
      let batch = try loader.next()
      let size = data.train.size
      let truths = try (0..<data.train.count).map { try data.train.judgedLabels($0) }
      let mirrored = truths.map { truth in
        (0..<size.area).map {
          truth[$0 / size.width * size.width + size.width - 1 - $0 % size.width]
        }
      }
      for image in 0..<8 {
        let found = Array(
          UnsafeBufferPointer(start: batch.labels + image * size.area, count: size.area))
        #expect(mirrored.contains(found))
        #expect(found.contains { $0 > 255 }, "labels take 16 bits")
      }
      withExtendedLifetime(loader) {}
    }
  }

  @Test("it is judged in patches and predicted")
  func patches() throws {
    let size = Size(height: 16, width: 16)
    try withData(.patches(Patches(size: size))) { data in
      let settings = settings(epochs: 2)
      let last = try reports(settings, data).last
      #expect(last?.value(of: "validation.border_distance_error")?.isFinite == true)
      let kept = try checkpoint(settings, data, after: 1)
      let predictor = try Predictor(
        settings.configuration, extent: SpatialExtent(size), channels: 3,
        classes: data.classes.count,
        normalizer: data.train.normalizer
      ) { kept[TensorKey($0, $1)] }
      let predicted = try predictor.predict(image: 0, of: data.validation)
      let (image, truth) = try data.validation.wholeImage(0)
      #expect(predicted.count == 32 * 40 && truth.count == 32 * 40)
      let overlay = Overlay.render(
        image: image, predicted: predicted, truth: truth,
        palette: ClassPalette(classes: data.classes),
        task: BorderDistanceTask())
      #expect(overlay.size.height == 32)
    }
  }

  @Test("components that read classes are refused, and its own by other tasks")
  func refusals() throws {
    let truth = BorderDistanceTask().truth(classes: 3)
    let needed = "needs one class a pixel, but the task is border_distance"
    for name in Registry.losses.names {
      let loss = try #require(Registry.losses.makeDefault(name) as? any Loss)
      let error = #expect(throws: ComponentError.self) { try truth.check(loss) }
      #expect(error?.message.hasSuffix("but the task is border_distance") == true)
    }
    let metric = try Registry.metrics.metric("hd95")
    let error = #expect(throws: ComponentError.self) { try truth.check(metric) }
    #expect(error?.message == "\(needed): leave it out")
    for name in Registry.tasks.names {
      let task = try #require(Registry.tasks.makeDefault(name) as? any SegmentationTask)
      let other = task.truth(classes: 3)
      #expect(throws: ComponentError.self) { try other.check(BorderDistanceLoss()) }
      #expect(throws: ComponentError.self) { try other.check(BorderDistanceError()) }
    }
  }
}
