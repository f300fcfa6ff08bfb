@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite("Data sets of points")
struct PointDataTests {
  /// Rooms of 10 × 10 points in a square of side 2, the left half of class 0 and the right of class 1.
  private func withRooms<Result>(_ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      for room in 0..<4 {
        let lines = (0..<400).map { point -> String in
          let x = Double(point % 20) / 9.5
          let y = Double(point / 20) / 9.5 + Double((room + 1) * (point % 7)) / 500
          return "\(x) \(y) \(Double(room)) \(x < 1 ? 10 : 20)\n"
        }
        try Data(lines.joined().utf8).write(
          to: URL(fileURLWithPath: "\(folder)/room\(room).txt"))
      }
      try write("room0.txt\nroom1.txt weight=2\nroom2.txt\n", "train.txt", folder)
      try write("room3.txt\n", "val.txt", folder)
      return try body(folder)
    }
  }

  private func write(_ text: String, _ name: String, _ folder: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  private func configuration(
    _ folder: String, _ settings: PointSettings? = nil,
    validation: DataConfiguration.Validation = .list("val.txt")
  ) -> DataConfiguration {
    let settings =
      settings
      ?? PointSettings(
        count: 32, columns: PointColumns(label: .number(3)),
        blocks: PointBlocks(size: 1, stride: 1, least: 10))
    var configuration = DataConfiguration(
      root: folder, source: .lists(train: "train.txt", validation: validation),
      classes: ["left", "right"], ignore: [], geometry: .original,
      stack: ImageStack(points: settings), normalization: .none)
    configuration.reading = ClassMasks(task: "points", samplesArePoints: true)
    configuration.maskMeaning = .values([
      .init(10...10, label: 0), .init(20...20, label: 1),
    ])
    return configuration
  }

  @Test("a block is a sample of height 1, and labels are mapped as those of masks")
  func samples() throws {
    try withRooms { folder in
      let data = try SegmentationData.load(configuration(folder), seed: 1)
      #expect(data.train.count == 3 * 6 && data.validation.count == 6)
      #expect(data.train.size == Size(height: 1, width: 32) && data.train.channels == 6)
      #expect(data.train.names.prefix(2) == ["room0.txt[0]", "room0.txt[1]"])
      #expect(data.train.samplesPerEpoch == 18 && data.train.draws != nil)
      for index in 0..<data.train.count {
        let sample = try data.train.sample(index)
        // The place within the room says the class.
        for point in 0..<32 {
          #expect(sample.labels[point] == (sample.image[3 * 32 + point] < 0.5 ? 0 : 1))
          #expect(abs(sample.image[point]) <= 0.5001)
        }
      }
      let again = try SegmentationData.load(configuration(folder), seed: 2)
      #expect(try again.train.sample(4).image == data.train.sample(4).image)
    }
  }

  @Test("what an inspection says is what is loaded, and its memory knows other settings apart")
  func inspection() throws {
    try withRooms { folder in
      let inspector = DataInspector(cache: InspectionCache(folder: "\(folder)/cache"))
      let inspection = try inspector.inspect(configuration(folder), seed: 1)
      #expect(inspection.trainingSamples == 18 && inspection.validationSamples == 6)
      #expect(inspection.extent == SpatialExtent(height: 1, width: 32))
      let data = try SegmentationData.load(configuration(folder), seed: 1)
      #expect(data.fingerprints == inspection.fingerprints)
      let other = PointSettings(
        count: 16, columns: PointColumns(label: .number(3)),
        blocks: PointBlocks(size: 1, stride: 1, least: 10))
      let changed = try DataInspector(cache: InspectionCache(folder: "\(folder)/cache"))
        .inspect(configuration(folder, other), seed: 1)
      #expect(changed.extent.width == 16)
      #expect(changed.fingerprints != inspection.fingerprints)
    }
  }

  @Test("blocks of one room are not parted by a fraction")
  func groups() throws {
    try withRooms { folder in
      let data = try SegmentationData.load(
        configuration(folder, validation: .fraction(0.34)), seed: 3)
      func rooms(_ names: [String]) -> Set<Substring> { Set(names.map { $0.prefix(5) }) }
      #expect(rooms(data.train.names).isDisjoint(with: rooms(data.validation.names)))
      #expect(data.validation.count == 6)
    }
  }

  @Test(
    "what is wrong with a line or its file is said with the line",
    arguments: [
      ("room0.txt room1.txt", "expected one file of points"), ("none.txt", "does not exist"),
      ("room0.txt roi=a.png", "sets roi, which is of images"),
      ("bad.txt", "line 2 holds no number"),
      ("empty.txt", "no block has 10 points"), ("strange.txt", "30"),
    ])
  func problems(line: String, message: String) throws {
    try withRooms { folder in
      try write("0 0 0 10\n0 0 a 10\n", "bad.txt", folder)
      try write("0 0 0 10\n", "empty.txt", folder)
      try write((0..<20).map { "\($0) 0 0 30\n" }.joined(), "strange.txt", folder)
      try write("room0.txt\n\(line)\n", "train.txt", folder)
      var settings = PointSettings(
        count: 8, columns: PointColumns(label: .number(3)),
        blocks: PointBlocks(size: 30, stride: 30, least: 10))
      settings.seed = 4
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(configuration(folder, settings), seed: 1)
      }
      let found = try #require(error?.problems.first)
      #expect(found.line == 2 && found.message.contains(message), "\(found)")
    }
  }

  @Test("a file of labels beside each file of points serves as a column does")
  func labelFiles() throws {
    try withRooms { folder in
      for room in 0..<4 {
        let labels = (0..<400).map { Double($0 % 20) / 9.5 < 1 ? "10\n" : "20\n" }
        try write(labels.joined(), "labels\(room).txt", folder)
      }
      try write("room0.txt labels0.txt\nroom1.txt labels1.txt\n", "train.txt", folder)
      try write("room3.txt labels3.txt\n", "val.txt", folder)
      let settings = PointSettings(count: 64)
      let data = try SegmentationData.load(configuration(folder, settings), seed: 1)
      #expect(data.train.names == ["room0.txt", "room1.txt"])
      let sample = try data.train.sample(1)
      #expect(sample.channels == 3)
      #expect((0..<64).allSatisfy { sample.labels[$0] == (sample.image[$0] < 0 ? 0 : 1) })
    }
  }

  @Test("augmentations of images are refused for points, and those of points for images")
  func augmentations() throws {
    let points = ClassMasks(task: "points", samplesArePoints: true)
    let mirror = Mirror(.sample(Mirror.fields, [:]))
    let rotate = RotatePoints(.sample(RotatePoints.fields, [:]))
    #expect(AugmentationPipeline.problem(in: [rotate], points) == nil)
    #expect(AugmentationPipeline.problem(in: [mirror], ClassMasks()) == nil)
    #expect(
      AugmentationPipeline.problem(in: [mirror], points)?.error.message.contains("rotate_points")
        == true)
    #expect(
      AugmentationPipeline.problem(in: [rotate], ClassMasks())?.error.message.contains(
        "task: points") == true)
  }
}
