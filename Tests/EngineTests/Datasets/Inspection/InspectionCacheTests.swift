@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct InspectionCacheTests {
  /// A data set whose files have been at rest for a while.
  private func withSettledDataset(
    _ body: (SmallDataset, InspectionCache) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      // A file's change is visible for certain only some seconds after the last one.
      Thread.sleep(forTimeInterval: 3.2)
      try body(dataset, InspectionCache(folder: folder + "/cache"))
    }
  }

  private func inspect(
    _ dataset: SmallDataset, _ cache: InspectionCache, reading: String = "a"
  ) throws -> DataInspection {
    try DataInspector(cache: cache).inspect(dataset.configuration, seed: 1, reading: reading)
  }

  private func memory(_ dataset: SmallDataset, _ cache: InspectionCache) -> InspectionMemory {
    cache.load(for: FilePath(dataset.folder + "/train.txt"))
  }

  @Test func `what was found is found again without reading, and is the same`() throws {
    try withSettledDataset { dataset, cache in
      let first = try inspect(dataset, cache)
      #expect(memory(dataset, cache).digests.count == 6)
      #expect(memory(dataset, cache).contents.count == 3)
      // Nothing can be read any more, but nothing needs to be.
      let list = try Listing(.file("train.txt"), dataset.configuration)
      for sample in list.samples {
        let known = memory(dataset, cache).recall(sample, reading: "semantic\na")
        #expect(known?.labels.all == 24)
        #expect(memory(dataset, cache).recall(sample, reading: "b") == nil)
      }
      #expect(try inspect(dataset, cache) == first)
    }
  }

  @Test func `a file that changed is read again, even if its size and time are put back`() throws {
    try withSettledDataset { dataset, cache in
      let first = try inspect(dataset, cache)
      let file = dataset.folder + "/t1-mask.png"
      let before = try FileManager.default.attributesOfItem(atPath: file)
      try dataset.writeMask(
        "t1", size: Size(height: 4, width: 6), ids: (0..<24).map { $0 % 3 == 0 ? 0 : 1 })
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(before[.modificationDate])], ofItemAtPath: file)
      let second = try inspect(dataset, cache)
      #expect(second.fingerprints[0] != first.fingerprints[0])
      #expect(second.labels != first.labels)
      #expect(second.fingerprints[1] == first.fingerprints[1])
    }
  }

  @Test func `what changed just now is not kept`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let cache = InspectionCache(folder: folder + "/cache")
      _ = try inspect(dataset, cache)
      #expect(memory(dataset, cache).digests.isEmpty)
    }
  }

  @Test func `a damaged file of the cache is as none`() throws {
    try withSettledDataset { dataset, cache in
      let first = try inspect(dataset, cache)
      let folder = dataset.folder + "/cache"
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let bytes = try FileBytes.read("\(folder)/\(name)")
        #expect(InspectionMemory(encoded: bytes) != nil)
        for index in stride(from: 0, to: bytes.count, by: 7) {
          var damaged = bytes
          damaged[index] ^= 4
          #expect(InspectionMemory(encoded: damaged) == nil)
        }
        #expect(InspectionMemory(encoded: Array(bytes.dropLast())) == nil)
        try FileBytes.write(Array(bytes.dropLast(9)), to: "\(folder)/\(name)")
      }
      #expect(try inspect(dataset, cache) == first)
    }
  }

  @Test func `where nothing can be written everything is found all the same`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try dataset.writeText("file", "")
      let cache = InspectionCache(folder: folder + "/file/cache")
      #expect(try inspect(dataset, cache) == inspect(dataset, InspectionCache(folder: nil)))
    }
  }
}
