@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing
import Tracking

@Suite struct RunInputTests {
  private func input(_ data: String) throws -> RunInput {
    let plan = try SampleSpecs.plan(SampleSpecs.minimal("data: {\(data)}"))
    return RunInput(try #require(plan.trials.first).spec.data)
  }

  private static let lists = "train: a.txt, validation: b.txt, classes: [a, b]"
  private static let generated = "generated: {train: 8, validation: 2, size: [64, 96], classes: 3}"

  @Test("scenes that the program draws say everything but what is measured of them")
  func generated() throws {
    let input = try input(Self.generated)
    #expect(input.extent == [64, 96])
    #expect(input.channels == 3 && input.classNames.count == 3)
    #expect(input.ranges == [0...255, 0...255, 0...255] && input.limits == nil)
    #expect(input.normalization == nil)
  }

  @Test("what lists of files leave open is not known")
  func lists() throws {
    let input = try input(Self.lists)
    #expect(input.extent == nil && input.ranges == nil)
    #expect(try self.input(Self.lists + ", size: [32, 48]").extent == [32, 48])
  }

  @Test("a record says everything")
  func recorded() throws {
    let channel = InputRecord.Channel(
      black: -1, white: 3, mean: 0.25, std: 0.5, lowest: 0, highest: 1, missing: 0)
    let record = InputRecord(
      height: 40, width: 50, samples: "float32", channels: [channel], fillsWithMean: false,
      classes: [.init(name: "sky", color: "#808080", pixels: 1, pixelsOfImages: 2)])
    let spec = try SampleSpecs.plan(
      SampleSpecs.minimal("data: {\(Self.lists), range: {from: -1, to: 3, clip: true}}"))
    let input = RunInput(record, try #require(spec.trials.first).spec.data)
    #expect(input.extent == [40, 50] && input.channels == 1)
    #expect(input.classNames == ["sky"])
    #expect(input.normalization?.mean == [0.25] && input.normalization?.deviation == [0.5])
    #expect(input.ranges == [-1...3] && input.limits == -1...3)
  }

  @Test(
    "constants that the spec writes are known for every channel",
    arguments: [
      ("normalize: none", [0.0, 0, 0], [1.0, 1, 1]),
      ("normalize: imagenet", [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
      ("normalize: {mean: [0.1, 0.2, 0.3], std: [1, 2, 3]}", [0.1, 0.2, 0.3], [1, 2, 3]),
      ("normalize: none, channels: 1", [0], [1]),
      (
        "channels: [1, 3], normalize: {mean: [0.1, 0.2, 0.3, 0.4], std: [1, 2, 3, 4]}",
        [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4]
      ),
    ])
  func normalization(key: String, mean: [Double], deviation: [Double]) throws {
    let normalization = try input(Self.lists + ", " + key).normalization
    #expect(normalization?.mean == mean)
    #expect(normalization?.deviation == deviation)
  }
}
