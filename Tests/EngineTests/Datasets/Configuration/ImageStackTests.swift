@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Several images of the same pixels, and neighbouring slices, as channels of one sample.
@Suite struct ImageStackTests {
  private let size = Size(height: 4, width: 6)

  /// Every pixel has one value.
  private func write(_ name: String, _ value: UInt8, channels: Int = 1, in folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: ((folder + "/" + name) as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true)
    // Channels differ by 1.
    let pixels = (0..<size.area * channels).map { value + UInt8($0 % channels) }
    try ImageFile.write(
      Raster(size: size, channels: channels, pixels: pixels), to: "\(folder)/\(name).png")
  }

  /// The value of each channel where all of its pixels are alike.
  private func values(_ sample: Sample) -> [Int] {
    (0..<sample.channels).map { channel in
      let plane = sample.image[channel * size.area..<(channel + 1) * size.area]
      return Set(plane).count == 1 ? Int(plane[plane.startIndex]) : -1
    }
  }

  // MARK: - Several images

  /// A grey image beside an RGB one: `rgb.png;grey.png mask.png`.
  private func twoImages(_ folder: String) throws -> SmallDataset {
    var dataset = try SmallDataset(folder)
    for (index, name) in ["t0", "t1", "v0"].enumerated() {
      try write("rgb \(name)", UInt8(10 * index + 1), channels: 3, in: folder)
      try write("grey-\(name)", UInt8(10 * index + 100), in: folder)
    }
    func line(_ name: String) -> String {
      "\"rgb \(name).png\";grey-\(name).png \(name)-mask.png\n"
    }
    try dataset.writeText("train.txt", line("t0") + line("t1"))
    try dataset.writeText("val.txt", line("v0"))
    dataset.configuration.stack = ImageStack(images: [3, 1])
    return dataset
  }

  @Test func `the images of a line are channels in its order`() throws {
    try withTemporaryFolder { folder in
      let dataset = try twoImages(folder)
      for cacheBytes in [0, 1 << 20] {
        let data = try dataset.load(cacheBytes: cacheBytes)
        #expect(data.train.channels == 4)
        #expect(try values(data.train.sample(0)) == [1, 2, 3, 100])
        #expect(try values(data.train.sample(1)) == [11, 12, 13, 110])
        #expect(data.train.names == ["rgb t0.png", "rgb t1.png"])
        #expect(try data.train.image(0).channels == 3)
        let mean = data.mean.map { ($0 * 255).rounded() }
        #expect(mean == [6, 7, 8, 105])
      }
      let looked = try DataInspector().inspect(dataset.configuration, seed: 1)
      #expect(looked.channels == 4 && looked.extent == SpatialExtent(size))
    }
  }

  @Test func `images are converted to their channels and resized each`() throws {
    try withTemporaryFolder { folder in
      var dataset = try twoImages(folder)
      dataset.configuration.stack = ImageStack(images: [1, 3])
      dataset.configuration.geometry = .resize(Size(height: 2, width: 3))
      let sample = try dataset.load().train.sample(0)
      #expect(sample.size == Size(height: 2, width: 3))
      // 0.299 · 1 + 0.587 · 2 + 0.114 · 3, rounded; grey as three equal channels.
      #expect(sample.image == [2, 100, 100, 100].flatMap { Array(repeating: Float($0), count: 6) })
    }
  }

  @Test func `a changed image of several changes the fingerprint and is noticed`() throws {
    try withTemporaryFolder { folder in
      let dataset = try twoImages(folder)
      let before = try dataset.load(cacheBytes: 0)
      try write("grey-t1", 7, in: folder)
      #expect(try before.train.image(0).channels == 3)
      let error = #expect(throws: DataError.self) { try before.train.image(1) }
      #expect(error?.description.contains("grey-t1.png: has changed") == true)
      #expect(try dataset.load().fingerprints[0] != before.fingerprints[0])
    }
  }

  @Test func `lines and files that do not fit are told with their place`() throws {
    try withTemporaryFolder { folder in
      let dataset = try twoImages(folder)
      try ImageFile.write(
        Raster(
          size: Size(height: 4, width: 5), channels: 1, pixels: Array(repeating: 0, count: 20)),
        to: folder + "/grey-t1.png")
      #expect(
        dataset.problems() == [
          "\(folder)/train.txt:2: image rgb t1.png is 4×6, grey-t1.png is 4×5 (height × width): "
            + "what is seen together must be of one size"
        ])
      try dataset.writeText("train.txt", "grey-t0.png t0-mask.png\na.png; t1-mask.png\n")
      let problems = dataset.problems()
      #expect(
        problems.first?.contains(
          "train.txt:1: names 1 image and data.channels means 2: join them by ';'") == true)
      #expect(
        problems.dropFirst().first?.contains("train.txt:2: names no file before or behind a ';'")
          == true)
    }
  }

  // MARK: - Neighbouring slices

  /// `a/0.png`…`a/3.png` of values 10…13 and `b/0.png`…`b/1.png` of 20, 21, as two volumes.
  private func slices(_ folder: String) throws -> SmallDataset {
    var dataset = try SmallDataset(folder)
    var lines: [String] = []
    for (volume, count, base) in [("a", 4, 10), ("b", 2, 20)] {
      for slice in 0..<count {
        try write("\(volume)/\(slice)", UInt8(base + slice), in: folder)
        lines.append("\(volume)/\(slice).png t0-mask.png\n")
      }
    }
    try dataset.writeText("train.txt", lines.joined())
    dataset.configuration.normalization = .none
    return dataset
  }

  @Test func `neighbours in a list are channels, the last of a folder again at its end`() throws {
    try withTemporaryFolder { folder in
      var dataset = try slices(folder)
      dataset.configuration.stack = ImageStack(
        images: [1], slices: .init(before: 1, after: 2, spacing: 1))
      for cacheBytes in [0, 1 << 20] {
        let train = try dataset.load(cacheBytes: cacheBytes).train
        #expect(
          try (0..<6).map { try values(train.sample($0)) } == [
            [10, 10, 11, 12], [10, 11, 12, 13], [11, 12, 13, 13], [12, 13, 13, 13],
            [20, 20, 21, 21], [20, 21, 21, 21],
          ])
        #expect(try train.image(1) == ImageFile.readImage(folder + "/a/1.png"))
      }
      dataset.configuration.stack = ImageStack(
        images: [1], slices: .init(before: 1, after: 1, spacing: 2))
      #expect(try values(dataset.load().train.sample(1)) == [10, 11, 13])
    }
  }

  @Test func `neighbours in a volume are those of the volume, listed or not`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      let file = try HDF5File()
      let pixels = (0..<5 * size.area).map { UInt8(10 * ($0 / size.area)) }
      try file.root.write(pixels, shape: [5, 4, 6], to: "raw")
      try file.root.write(pixels.map { Int64($0 == 0 ? 0 : 1) }, shape: [5, 4, 6], to: "labels")
      try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
      try dataset.writeText(
        "train.txt", "v.h5:/raw[0] v.h5:/labels[0]\nv.h5:/raw[2] v.h5:/labels[2]")
      try dataset.writeText("val.txt", "v.h5:/raw[4] v.h5:/labels[4]\n")
      dataset.configuration.stack = ImageStack(images: [1], slices: .init(before: 1, after: 1))
      let data = try dataset.load(cacheBytes: 0)
      #expect(try values(data.train.sample(0)) == [0, 0, 10])
      #expect(try values(data.train.sample(1)) == [10, 20, 30])
      #expect(try values(data.validation.sample(0)) == [30, 40, 40])
    }
  }

  @Test func `slices of an image share mean and deviation, images do not`() throws {
    try withTemporaryFolder { folder in
      var dataset = try slices(folder)
      dataset.configuration.stack = ImageStack(images: [1], slices: .init(before: 1, after: 1))
      dataset.configuration.normalization = .dataset
      let data = try dataset.load()
      #expect(Set(data.mean).count == 1 && data.mean.count == 3)
      #expect(Set(data.deviation).count == 1)
      dataset.configuration.normalization = .fixed(mean: [0.5], deviation: [0.25])
      #expect(try dataset.load().mean == [0.5, 0.5, 0.5])
      let two = ImageStack(images: [1, 3], slices: .init(before: 0, after: 1))
      #expect(two.repeated([1, 2, 3, 4]) == [1, 1, 2, 3, 4, 2, 3, 4])
      #expect(two.channels == 8 && two.shownImage.range == 0..<1)
    }
  }

  @Test func `batches of stacks depend neither on threads nor on the cache`() throws {
    try withTemporaryFolder { folder in
      var dataset = try slices(folder)
      dataset.configuration.stack = ImageStack(images: [1], slices: .init(before: 1, after: 1))
      try dataset.expectEqualBatches(9, [GaussianNoise(.sample(GaussianNoise.fields))])
    }
  }
}
