@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct ListingTests {
  private let pairs = SampleSources(
    .pairs(FilePairs(images: ["t?.png"], masks: ["{stem}-mask.png"])))

  private func inspection(_ dataset: SmallDataset) throws -> DataInspection {
    try DataInspector().inspect(dataset.configuration, seed: 7)
  }

  @Test(arguments: [
    DataConfiguration.Validation.list("val.txt"), .fraction(0.3), .fold(2, of: 3),
  ])
  func `a pattern and a list of the same files are the same data`(
    validation: DataConfiguration.Validation
  ) throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.source = .lists(train: "train.txt", validation: validation)
      let (listed, looked) = (try dataset.load(), try inspection(dataset))
      dataset.configuration.source = .lists(train: pairs, validation: validation)
      let paired = try dataset.load()
      #expect(paired.fingerprints == listed.fingerprints)
      #expect(paired.train.names == listed.train.names)
      #expect(try inspection(dataset).fingerprints == looked.fingerprints)
      #expect(looked.fingerprints == listed.fingerprints)
      #expect(
        (0..<paired.train.count).map(paired.train.number)
          == (0..<listed.train.count).map(listed.train.number))
    }
  }

  @Test func `patterns, groups, regions and patches go together`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/roi", withIntermediateDirectories: true)
      let size = Size(height: 4, width: 6)
      for name in ["t0", "t1", "t2"] {
        try ImageFile.write(
          Mask(size: size, ids: (0..<24).map { $0 < 12 ? 1 : 0 }), to: "\(folder)/roi/\(name).png")
      }
      dataset.configuration.regions = folder + "/roi"
      dataset.configuration.groups = .pattern("t([01])|t2")
      dataset.configuration.geometry = .patches(Patches(size: Size(height: 2, width: 3)))
      dataset.configuration.source = .lists(train: pairs, validation: .fold(1, of: 3))
      let data = try dataset.load()
      #expect(data.train.count == 8 && data.validation.count == 4)
      #expect(data.classStatistics.pixels.reduce(0, +) == 24)
      dataset.configuration.groups = .folder
      #expect(dataset.problems().contains { $0.contains("all 3 samples are of one group") })
    }
  }

  @Test func `sources one after the other are one list`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 5)
      let whole = try dataset.load()
      try dataset.writeList("a.txt", ["t0", "t1"])
      let second = FilePairs(images: ["t{2,3,4}.png"], masks: ["{stem}-mask.png"])
      let sources = SampleSources([.init(.file("a.txt")), .init(.pairs(second))])
      dataset.configuration.source = .lists(train: sources, validation: .list("val.txt"))
      let data = try dataset.load()
      #expect(data.fingerprints == whole.fingerprints && data.train.draws == nil)
      #expect((0..<5).map(data.train.number) == Array(0..<5))
      dataset.configuration.source = .lists(train: sources, validation: .fraction(0.4))
      #expect(try dataset.load().fingerprints[2].samples == 5)
    }
  }

  @Test func `a weight is a source's part of the draws`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 5)
      let plain = try dataset.load()
      try dataset.writeList("a.txt", ["t0", "t1"])
      try dataset.writeText(
        "b.txt", "t2.png t2-mask.png weight=3\nt3.png t3-mask.png\nt4.png t4-mask.png\n")
      func load(_ share: Double?, _ validation: DataConfiguration.Validation) throws
        -> SegmentationData
      {
        dataset.configuration.source = .lists(
          train: SampleSources([.init(.file("a.txt")), .init(.file("b.txt"), share: share)]),
          validation: validation)
        return try dataset.load()
      }
      let data = try load(0.2, .list("val.txt"))
      let order = BatchOrder(samples: 5, batchSize: 1, seed: 1, draws: data.train.draws)
      let drawn = (0..<4000).flatMap { order.order(epoch: $0) }
      // Of 20,000 draws; three of five of a source's by the weight of a line, the others alike.
      for (sample, share) in [0.4, 0.4, 0.12, 0.04, 0.04].enumerated() {
        #expect(abs(Double(drawn.count { $0 == sample }) - 20_000 * share) < 280)
      }
      #expect(try load(0.3, .list("val.txt")).fingerprints[0] != data.fingerprints[0])
      #expect(data.fingerprints[0] != plain.fingerprints[0])
      #expect(data.fingerprints[1] == plain.fingerprints[1])
    }
  }

  @Test func `a source with a weight and nothing to draw is refused`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 5)
      dataset.configuration.groups = .pattern("t4|t")
      try dataset.writeList("a.txt", ["t0", "t1", "t2", "t3"])
      try dataset.writeList("b.txt", ["t4"])
      dataset.configuration.source = .lists(
        train: SampleSources([.init(.file("a.txt")), .init(.file("b.txt"), share: 0.2)]),
        validation: .fraction(0.2))
      let error = #expect(throws: DataError.self) { try inspection(dataset) }
      #expect(error?.problems.map(\.setting) == ["train.1"])
      #expect(dataset.problems().contains { $0.contains("none is left to draw") })
    }
  }

  @Test func `what is wrong with a source is said at its place`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.source = .lists(
        train: SampleSources([
          .init(.file("train.txt")),
          .init(.pairs(FilePairs(images: ["x*.png"], masks: ["{stem}-mask.png"]))),
        ]),
        validation: .list(
          JudgedSets([
            JudgedSet(name: "city", sources: "val.txt"),
            JudgedSet(name: "field", sources: "no.txt"),
          ])))
      let error = #expect(throws: DataError.self) { try inspection(dataset) }
      #expect(error?.problems.map(\.setting) == ["train.1.images", "validation.field"])
    }
  }

  @Test func `masks that belong to no image are said, those of the validation data aside`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.source = .lists(train: pairs, validation: .list("val.txt"))
      #expect(try inspection(dataset).warnings.isEmpty)
      try dataset.writeMask(
        "lost", size: Size(height: 4, width: 6), ids: Array(repeating: 0, count: 24))
      let warning = try #require(try inspection(dataset).warnings.first)
      #expect(warning.setting == "train.masks")
      #expect(warning.message.hasPrefix("1 file fits '{stem}-mask.png' and belongs to no image"))
    }
  }

  @Test func `sets with names are one after the other, and part of the fingerprint`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      let plain = try dataset.load()
      try dataset.writeList("a.txt", ["v0"])
      try dataset.writeList("b.txt", ["v1"])
      dataset.configuration.source = .lists(
        train: "train.txt",
        validation: .list(
          JudgedSets([
            JudgedSet(name: "field", sources: "b.txt"), JudgedSet(name: "city", sources: "a.txt"),
          ])))
      let data = try dataset.load()
      #expect(data.validation.names == plain.validation.names)
      #expect(data.validation.samples.map(\.set) == ["city", "field"])
      #expect(data.fingerprints[0] == plain.fingerprints[0])
      #expect(data.fingerprints[1] != plain.fingerprints[1])
    }
  }
}
