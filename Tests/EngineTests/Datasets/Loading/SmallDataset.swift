@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// Images, masks and lists written into a folder for one test.
struct SmallDataset {
  let folder: String
  var configuration: DataConfiguration

  /// Grey images of 4×6 with two classes: `train` and `validation` of them, `t0.png`… and `v0.png`…
  init(_ folder: String, train: Int = 3, validation: Int = 2) throws {
    self.folder = folder
    configuration = DataConfiguration(
      root: folder,
      source: .lists(train: "train.txt", validation: .list("val.txt")),
      classes: ["background", "cell"], ignore: [255], geometry: .original, channels: 1,
      normalization: .dataset)
    try writeList("train.txt", (0..<train).map { "t\($0)" })
    try writeList("val.txt", (0..<validation).map { "v\($0)" })
    for name in (0..<train).map({ "t\($0)" }) + (0..<validation).map({ "v\($0)" }) {
      try writeSample(name)
    }
  }

  /// Values and ids differ from name to name.
  func writeSample(
    _ name: String, size: Size = Size(height: 4, width: 6), ids: [UInt8]? = nil
  ) throws {
    let start = name.utf8.reduce(0) { $0 * 7 + Int($1) }
    let count = size.height * size.width
    let pixels = (0..<count).map { UInt8(($0 * 5 + start) & 255) }
    try ImageFile.write(
      Raster(size: size, channels: 1, pixels: pixels), to: "\(folder)/\(name).png")
    try writeMask(name, size: size, ids: ids ?? pixels.map { $0 % 3 == 0 ? 1 : 0 })
  }

  func writeMask(_ name: String, size: Size, ids: [UInt8]) throws {
    try ImageFile.write(Mask(size: size, ids: ids), to: "\(folder)/\(name)-mask.png")
  }

  func writeList(_ list: String, _ names: [String]) throws {
    try writeText(list, names.map { "\($0).png \($0)-mask.png\n" }.joined())
  }

  func writeText(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  func load(cacheBytes: Int = 1 << 20) throws(DataError) -> SegmentationData {
    try SegmentationData.load(configuration, seed: 7, cacheBytes: cacheBytes)
  }

  /// That batches of two to train on, and their labels, depend neither on the number of threads nor
  /// on whether samples are kept in memory or read again.
  func expectEqualBatches(_ count: Int, _ augmentations: [any Augmentation] = []) throws {
    func batches(_ cacheBytes: Int, threads: Int) throws -> [[Float]] {
      let loader = try Loader(
        training: load(cacheBytes: cacheBytes).train, batchSize: 2, augmentations: augmentations,
        seed: 1, threads: threads)
      return try (0..<count).map { _ in
        let (batch, shape) = (try loader.next(), loader.shape)
        let labels = UnsafeBufferPointer(start: batch.labels, count: shape.batch * shape.area)
        return UnsafeBufferPointer(start: batch.images, count: shape.count) + labels.map(Float.init)
      }
    }
    let one = try batches(1 << 20, threads: 1)
    #expect(try batches(0, threads: 1) == one)
    #expect(try batches(0, threads: 3) == one)
  }

  /// Messages of all problems, in their order; empty where the data loads.
  func problems() -> [String] {
    do {
      _ = try load()
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}
