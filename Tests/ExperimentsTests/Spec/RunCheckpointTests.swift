@testable import Experiments
import Foundation
import Measurements
import Testing
@testable import Tracking
@testable import WeightFiles

@Suite("Checkpoints of runs in specs")
struct RunCheckpointTests {
  @Test(
    "only a whole id with a checkpoint behind it is taken for a run without looking",
    arguments: [
      ("camvid/0123456789abcdef@best", true), ("a.b-c/0123456789abcdef@last", true),
      ("camvid/3@best", false), ("camvid/0123456789abcdef", false),
      ("camvid/0123456789ABCDEF@best", false), ("/0123456789abcdef@best", false),
      ("camvid/0123456789abcdef@first", false), ("weights.h5", false),
    ])
  func form(text: String, isOne: Bool) {
    #expect(RunCheckpoint(text).map { "\($0)" } == (isOne ? text : nil))
  }

  @Test("a checkpoint that the store writes is read as weights, with the values that were kept")
  func roundTrip() throws {
    let contents = CheckpointContents(
      EvaluationPoint(step: 3, epoch: 1),
      tensors: [
        TensorContents(
          group: "parameters", name: "head.weight", shape: [2, 1, 1, 1], values: [1, -2]),
        TensorContents(group: "statistics", name: "norm.mean", shape: [2], values: [3, 4]),
        TensorContents(
          group: "solver/momentum", name: "head.weight", shape: [2, 1, 1, 1], values: [5, 6]),
      ])
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).h5")
    defer { try? FileManager.default.removeItem(at: file) }
    try CheckpointFile.encode(contents).write(to: file)
    let weights = try WeightFile.open(file.path)
    #expect(weights.format == .checkpoint)
    #expect(weights.tensors.map(\.name) == ["head.weight", "norm.mean"])
    #expect(weights.tensors.map(\.shape) == [[2, 1, 1, 1], [2]])
    #expect(try weights.tensors.map { try weights.values(of: $0) } == [[1, -2], [3, 4]])
  }
}
