@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// Masks of what counts: `data.roi`.
@Suite struct RegionTests {
  private let size = Size(height: 4, width: 6)

  /// In every image the first ten pixels count; 1 and 255 both do.
  private func dataset(_ folder: String) throws -> SmallDataset {
    var dataset = try SmallDataset(folder)
    try FileManager.default.createDirectory(
      atPath: folder + "/roi", withIntermediateDirectories: true)
    for name in ["t0", "t1", "t2", "v0", "v1"] { try write(name, in: folder) }
    dataset.configuration.regions = folder + "/roi"
    return dataset
  }

  private func write(_ name: String, in folder: String, counting: Int = 10) throws {
    let ids: [UInt8] = (0..<24).map { $0 < counting ? ($0 % 2 == 0 ? 1 : 255) : 0 }
    try ImageFile.write(Mask(size: size, ids: ids), to: "\(folder)/roi/\(name).png")
  }

  @Test func `nothing counts outside, in training and in evaluation`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder)
      var plain = dataset.configuration
      plain.regions = nil
      let whole = try SegmentationData.load(plain, seed: 7)
      for cacheBytes in [0, 1 << 20] {
        let data = try dataset.load(cacheBytes: cacheBytes)
        for (inside, all) in [(data.train, whole.train), (data.validation, whole.validation)] {
          for index in 0..<inside.count {
            #expect(
              try inside.labels(index)
                == all.labels(index).prefix(10) + Array(repeating: Labels.ignoreIndex, count: 14))
            #expect(try inside.image(index) == all.image(index))
          }
        }
        #expect(data.classStatistics.pixels.reduce(0, +) == 30)
        #expect(data.mean == whole.mean)
      }
    }
  }

  @Test func `regions are resized with the masks`() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder)
      dataset.configuration.geometry = .resize(Size(height: 8, width: 12))
      let labels = try dataset.load().train.labels(0)
      let inside = (0..<96).map { labels[$0] != Labels.ignoreIndex }
      #expect(inside == (0..<96).map { $0 / 12 / 2 * 6 + $0 % 12 / 2 < 10 })
    }
  }

  @Test func `a changed region changes the fingerprint and is noticed`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder)
      let data = try dataset.load(cacheBytes: 0)
      try write("t1", in: folder, counting: 9)
      #expect(try data.train.labels(0).count == 24)
      let error = #expect(throws: DataError.self) { try data.train.labels(1) }
      #expect(error?.description.contains("region \(folder)/roi/t1.png: has changed") == true)
      #expect(try dataset.load().fingerprints[0] != data.fingerprints[0])
      #expect(try dataset.load().fingerprints[1] == data.fingerprints[1])
    }
  }

  @Test func `a line may name its region`() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder)
      try write("other", in: folder, counting: 24)
      dataset.configuration.regions = nil
      try dataset.writeText(
        "train.txt", "t0.png t0-mask.png roi=roi/other.png\nt1.png t1-mask.png roi=roi/t1.png\n")
      #expect(try dataset.load().classStatistics.pixels.reduce(0, +) == 34)
    }
  }

  @Test func `regions that are missing, of another size or shared are told`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder)
      try FileManager.default.removeItem(atPath: folder + "/roi/t0.png")
      try ImageFile.write(
        Mask(size: Size(height: 2, width: 2), ids: [1, 1, 1, 1]), to: folder + "/roi/v1.png")
      let expected = [
        "train.txt:1: region roi/t0.png: does not exist: correct the path or data.root",
        "val.txt:2: image v1.png is 4×6, region roi/v1.png is 2×2 (height × width): "
          + "they must show the same pixels",
      ]
      #expect(dataset.problems().map { $0.replacing(folder + "/", with: "") } == expected)
      let looked = #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      #expect(
        looked?.problems.map { $0.description.replacing(folder + "/", with: "") } == expected)
      try dataset.writeText("val.txt", "v0.png v0-mask.png\na/v0.png v0-mask.png\n")
      #expect(dataset.problems().contains { $0.contains("would share the region") })
      try dataset.writeText("val.txt", "v0.png v0-mask.png roi=roi/v0.png\n")
      try dataset.writeText(
        "train.txt", ["t1", "t2"].map { "\($0).png \($0)-mask.png roi=roi/t1.png\n" }.joined())
      #expect(dataset.problems() == [], "a region that is named may be that of several")
    }
  }
}
