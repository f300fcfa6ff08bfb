@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing
@testable import Training

@Suite("Trainings on pixels that have several labels")
struct SeveralLabelsTrainingTests {
  /// Grey images of 32×32 with a bright band down and one across, which overlap; both are classes.
  private func withBands(_ body: (SegmentationData) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let size = Size(square: 32)
      func isInside(_ number: Int, _ pixel: Int) -> (down: Bool, across: Bool) {
        let first = 3 + number % 11
        return ((first..<first + 9) ~= pixel % 32, (20 - first..<29 - first) ~= pixel / 32)
      }
      for number in 0..<9 {
        let pixels = (0..<size.area).map { pixel -> UInt8 in
          let (down, across) = isInside(number, pixel)
          return 20 + (down ? 60 : 0) + (across ? 120 : 0)
        }
        try ImageFile.write(
          Raster(size: size, channels: 1, pixels: pixels), to: "\(folder)/\(number).png")
        let masks = [("down", \(down: Bool, across: Bool).down), ("across", \.across)]
        for (name, isSo) in masks {
          try ImageFile.write(
            Mask(
              size: size,
              ids: (0..<size.area).map { isInside(number, $0)[keyPath: isSo] ? 255 : 0 }),
            to: "\(folder)/\(number)-\(name).png")
        }
      }
      func lines(_ numbers: Range<Int>) -> Data {
        Data(numbers.map { "\($0).png \($0)-down.png;\($0)-across.png\n" }.joined().utf8)
      }
      try lines(0..<6).write(to: URL(fileURLWithPath: folder + "/train.txt"))
      try lines(6..<9).write(to: URL(fileURLWithPath: folder + "/val.txt"))
      var configuration = DataConfiguration(
        root: folder, source: .lists(train: "train.txt", validation: .list("val.txt")),
        classes: ["down", "across"], ignore: [], geometry: .original, channels: 1,
        normalization: .dataset)
      configuration.reading = MultilabelTask().reading
      try body(try SegmentationData.load(configuration, seed: 1))
    }
  }

  private func settings(
    epochs: Int = 3, change: @escaping (inout TrainingConfiguration) throws -> Void = { _ in }
  ) throws -> SmallTraining {
    let bce = try #require(Registry.losses.makeDefault("bce") as? any Loss)
    return SmallTraining(
      batchSize: 2, duration: .epochs(epochs), augments: false,
      change: { configuration in
        configuration.task = MultilabelTask()
        configuration.losses = [.init(loss: bce, weight: 1)]
        configuration.evaluation.worstImages = 2
        try? change(&configuration)
      })
  }

  @Test("overlapping classes are learned")
  func learns() throws {
    try withBands { data in
      let loop = try TrainingLoop(settings(epochs: 25).configuration, data: data)
      var last: EvaluationReport?
      _ = try loop.run { event in
        if case .evaluationEnded(let report, _) = event { last = report }
        return .proceed
      }
      let report = try #require(last)
      #expect((report.value(of: "validation.mean_iou") ?? 0) > 0.95)
      #expect((report.value(of: "validation.pixel_accuracy") ?? 0) > 0.98)
      #expect(report.confusionCounts.count == 2 * 4)
      // Three images of 32×32, each class in bands of 9 pixels.
      #expect(report.confusionCounts[2] + report.confusionCounts[3] == 3 * 9 * 32)
      #expect(report.worstImages?.images.count == 2)
    }
  }

  @Test("continued from any evaluation, mixed or not, it is the training that was never stopped")
  func continues() throws {
    try withBands { data in
      for mixes in [false, true] {
        let settings = try settings { configuration in
          if mixes { configuration.augmentations = [Mixup(.sample(Mixup.fields))] }
          configuration.evaluation.metrics = try ["precision", "recall", "image_mean_iou"].map {
            try Registry.metrics.metric($0)
          }
        }
        let straight = try record(settings, data)
        #expect(straight.count == 3)
        for number in 1...2 {
          let kept = try checkpoint(settings, data, after: number)
          #expect(
            try record(settings, data, from: kept) == Array(straight[number...]))
        }
      }
    }
  }

  @Test("metrics that need one class a pixel are refused, the others are not")
  func metrics() throws {
    try withBands { data in
      var refused: Set<String> = []
      for name in Registry.metrics.names {
        let settings = try settings { configuration in
          configuration.evaluation.metrics = [try Registry.metrics.metric(name)]
        }
        do {
          _ = try TrainingLoop(settings.configuration, data: data)
        } catch let error as TrainingError {
          let forms = try #require(Registry.metrics.find(name)).reads.map(\.name)
          #expect(
            "\(error)"
              == "metric '\(name)': needs \(forms.joined(separator: " or ")), but the task is "
              + "multilabel: leave it out")
          refused.insert(name)
        }
      }
      let taken = Set(Registry.metrics.names).subtracting(refused)
      #expect(
        taken == [
          "mean_iou", "mean_dice", "pixel_accuracy", "mean_class_accuracy",
          "frequency_weighted_iou", "image_mean_iou", "precision", "recall", "f_beta",
          "specificity",
        ])
    }
  }
}
