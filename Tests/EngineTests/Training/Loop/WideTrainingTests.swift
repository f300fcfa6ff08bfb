@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite struct WideTrainingTests {
  /// PNGs of 16 bits, 32×32: squares that are 40 of 65,535 levels brighter than what is around them,
  /// under noise of 16 levels.
  private func write(_ folder: String, _ numbers: Range<Int>, list: String) throws -> Set<Int> {
    var rounded: Set<Int> = []
    for number in numbers {
      var random = RandomStream(seed: 1, purpose: .init("squares"), sample: number)
      let (top, left, side) = (random.below(16), random.below(16), 8 + random.below(8))
      let ids = (0..<1024).map { pixel -> UInt8 in
        (top..<top + side) ~= pixel / 32 && (left..<left + side) ~= pixel % 32 ? 1 : 0
      }
      let samples = ids.map { 30_000 + 40 * Int($0) + random.below(16) }
      rounded.formUnion(samples.map { ($0 * 255 + 32_767) / 65_535 })
      let rows = (0..<32).map {
        HandmadePNG.packed(Array(samples[32 * $0..<32 * $0 + 32]), depth: 16)
      }
      let png = HandmadePNG(width: 32, height: 32, depth: 16, colour: .grey, rows: rows)
      try Data(png.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(number).png"))
      try ImageFile.write(Mask(size: Size(square: 32), ids: ids), to: "\(folder)/\(number)-m.png")
    }
    let lines = numbers.map { "\($0).png \($0)-m.png\n" }.joined()
    try Data(lines.utf8).write(to: URL(fileURLWithPath: folder + "/" + list))
    return rounded
  }

  @Test func `classes that 8 bits cannot tell apart are learned`() throws {
    try withTemporaryFolder { folder in
      let rounded = try write(folder, 0..<8, list: "train.txt")
      #expect(rounded == [117], "8 bits tell them apart")
      _ = try write(folder, 8..<12, list: "val.txt")
      let data = try SegmentationData.load(
        DataConfiguration(
          root: folder, source: .lists(train: "train.txt", validation: .list("val.txt")),
          classes: ["background", "square"], ignore: [], geometry: .original, channels: 1,
          normalization: .dataset), seed: 1)
      // With augmentations, so that values go through 0…255 too.
      let settings = SmallTraining(batchSize: 2, duration: .epochs(60), augments: true)
      var last: EvaluationReport?
      _ = try TrainingLoop(settings.configuration, data: data).run { event in
        if case .evaluationEnded(let report, _) = event { last = report }
        return .proceed
      }
      #expect(try #require(last?.value(of: "validation.mean_iou")) > 0.95)
    }
  }
}
