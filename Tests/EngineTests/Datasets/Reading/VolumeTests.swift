@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Slices of HDF5 datasets as images and masks.
@Suite struct VolumeTests {
  /// Five slices of 4×6, as bytes, as reals of a hundredth, and their masks.
  private func write(_ folder: String, changed: UInt8 = 0) throws {
    let file = try HDF5File()
    let group = try file.root.createGroup("em")
    let pixels = (0..<120).map { UInt8($0 * 2) + ($0 == 30 ? changed : 0) }
    let shape = [5, 4, 6]
    try group.write(pixels, shape: shape, to: "bytes")
    try group.write(pixels.map { Float($0) / 100 }, shape: shape, to: "reals")
    let ids = pixels.map { Int64($0 / 2 % 3 == 0 ? 1 : 0) }
    try group.write(ids, shape: shape, to: "labels")
    try group.write(ids.map { $0 * 300 }, shape: shape, to: "instances")
    try group.write(ids.map { $0 * 4_294_967_295 }, shape: shape, to: "far")
    try group.write(ids.map { $0 == 1 ? UInt64.max : 0 }, shape: shape, to: "farthest")
    try group.write(pixels, shape: [5, 2, 4, 3], to: "colours")
    try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
  }

  private func dataset(_ folder: String, image: String, mask: String = "labels") throws
    -> SmallDataset
  {
    var dataset = try SmallDataset(folder)
    try write(folder)
    try dataset.writeText("train.txt", "v.h5:/em/\(image)[0:3] v.h5:/em/\(mask)[0:3]\n")
    try dataset.writeText("val.txt", "v.h5:/em/\(image)[4] v.h5:/em/\(mask)[4]\n")
    if image == "reals" { dataset.configuration.range = .init(lower: 0, upper: 2.55) }
    return dataset
  }

  @Test func `a range of slices is a sample each, with the values of the file`() throws {
    try withTemporaryFolder { folder in
      for image in ["bytes", "reals"] {
        let dataset = try dataset(folder, image: image)
        for cacheBytes in [0, 1 << 20] {
          let data = try dataset.load(cacheBytes: cacheBytes)
          #expect(data.train.names == (0..<3).map { "v.h5:/em/\(image)[\($0)]" })
          #expect(data.train.samples.map(\.number) == [0, 1, 2])
          for (set, index, slice) in [
            (data.train, 0, 0), (data.train, 2, 2), (data.validation, 0, 4),
          ] {
            let values = (24 * slice..<24 * slice + 24)
            #expect(try set.image(index).pixels == values.map { UInt8($0 * 2) })
            #expect(try set.labels(index) == values.map { $0 % 3 == 0 ? 1 : 0 })
          }
        }
        let looked = try DataInspector().inspect(dataset.configuration, seed: 1)
        #expect(looked.trainingSamples == 3 && looked.extent == [4, 6])
      }
    }
  }

  @Test func `masks beyond 32 bits are read by their true values`() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, image: "bytes", mask: "far")
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      #expect(error.map { "\($0)" }?.contains("holds 4294967295 (8 pixels") == true)
      dataset.configuration.maskMeaning = .values([
        .init(0...0, label: 0), .init(4_294_967_295...4_294_967_295, label: 1),
      ])
      #expect(try dataset.load().train.labels(0) == (0..<24).map { $0 % 3 == 0 ? 1 : 0 })
      dataset = try self.dataset(folder, image: "bytes", mask: "farthest")
      #expect(throws: DataError.self) { try dataset.load() }
    }
  }

  @Test func `a changed value changes the fingerprint and is noticed`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, image: "reals")
      let data = try dataset.load(cacheBytes: 0)
      try write(folder, changed: 1)
      #expect(try data.train.image(0).pixels.count == 24)
      let error = #expect(throws: DataError.self) { try data.train.image(1) }
      #expect(error?.description.contains("v.h5:/em/reals[1]: has changed") == true)
      let again = try dataset.load()
      #expect(again.fingerprints[0] != data.fingerprints[0])
      #expect(again.fingerprints[1] == data.fingerprints[1])
    }
  }

  @Test func `batches do not depend on threads or on the cache`() throws {
    try withTemporaryFolder { folder in
      try dataset(folder, image: "bytes").expectEqualBatches(12)
    }
  }

  @Test(
    "what is wrong with a slice is told",
    arguments: [
      (
        "v.h5:/em/bytes[5]", "v.h5:/em/labels[0]", "has 5 slices, from 0: there is none of number 5"
      ),
      (
        "v.h5:/em/bytes[0]", "v.h5:/em/instances[0]",
        "holds 300 (8 pixels, the first at x 0, y 0), but 2"
      ),
      ("v.h5:/em/bytes[0]", "v.h5:/em/reals[0]", "is no mask: a mask holds one integer a pixel"),
      (
        "v.h5:/em/bytes", "v.h5:/em/labels[0]",
        "has 6 channels, and data.channels says 1: write data.channels: 6, or where it is a volume"
      ),
      ("v.h5:/em/bytes[0:2]", "v.h5:/em/labels[0]", "lists 2 and v.h5:/em/labels[0] 1"),
      (
        "v.h5:/em/bytes[2:2]", "v.h5:/em/labels[0]",
        "names no slices: write FILE.h5:/DATASET[INDEX]"
      ),
      ("v.h5:/em/bytes[x]", "v.h5:/em/labels[0]", "names no slices: write FILE.h5:/DATASET[INDEX]"),
      ("v.h5:/nothing[0]", "v.h5:/em/labels[0]", "cannot find '/nothing'"),
      ("w.h5:/em/bytes[0]", "v.h5:/em/labels[0]", "does not exist: correct the path or data.root"),
      ("t0.png.h5:/em/bytes[0]", "v.h5:/em/labels[0]", "cannot open it as HDF5"),
      ("v.h5:/em/colours[0]", "v.h5:/em/labels[0]", "they must show the same pixels"),
    ])
  func wrong(image: String, mask: String, expected: String) throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, image: "bytes")
      try FileManager.default.copyItem(
        atPath: folder + "/t0.png", toPath: folder + "/t0.png.h5")
      try dataset.writeText("train.txt", "\(image) \(mask)\n")
      let problems = dataset.problems()
      #expect(problems.count == 1 && problems[0].contains(expected), "\(problems)")
    }
  }

  @Test func `other numbers are taken as they are, unless the imagenet mean is asked for`() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, image: "reals")
      dataset.configuration.range = nil
      dataset.configuration.normalization = .none
      let loader = try Loader(evaluating: dataset.load().train, batchSize: 3)
      let batch = try loader.next()
      #expect(abs(batch.images[5] - 0.1) < 1e-6 && abs(batch.images[24 + 5] - 0.58) < 1e-6)
      dataset.configuration.normalization = .imagenet
      dataset.configuration.stack = ImageStack(channels: 3)
      #expect(
        dataset.problems() == [
          "image v.h5:/em/reals[0] is floating-point: say in data.range: [lower, upper] which values "
            + "are the 0 and 1 that normalize: imagenet is of"
        ])
    }
  }
}
