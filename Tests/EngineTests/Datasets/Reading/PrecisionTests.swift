@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Images of more than 8 bits are held as they are until they are normalised.
@Suite struct PrecisionTests {
  /// Grey PNGs of 16 bits, 2×3, that differ by single steps, `train` and `validation` of them.
  private func wide(_ folder: String, _ samples: [[Int]]) throws -> SmallDataset {
    var dataset = try SmallDataset(folder, train: samples.count - 1, validation: 1)
    dataset.configuration.normalization = .dataset
    for (index, samples) in samples.enumerated() {
      let name = index < samples.count ? (index == 0 ? "v0" : "t\(index - 1)") : ""
      try write(samples, to: folder + "/\(name).png")
      try dataset.writeMask(
        name, size: Size(height: 2, width: 3), ids: [0, 1, 0, 1, 0, 1])
    }
    return dataset
  }

  private func write(_ samples: [Int], to path: String) throws {
    let png = HandmadePNG(
      width: 3, height: 2, depth: 16, colour: .grey,
      rows: [samples.prefix(3), samples.suffix(3)].map { HandmadePNG.packed(Array($0), depth: 16) })
    try Data(png.bytes).write(to: URL(fileURLWithPath: path))
  }

  private let samples = [
    [1000, 1001, 1002, 1003, 1004, 1040], [1000, 1040, 1000, 1040, 1000, 1040],
    [1001, 1039, 1001, 1039, 1001, 1039],
  ]

  private func input(_ dataset: Dataset, augmented: Bool = false) throws -> [Float] {
    // A mirror that never turns changes nothing, but what it is given are values of 0…255.
    let loader =
      augmented
      ? try Loader(
        training: dataset, batchSize: dataset.count,
        augmentations: [Mirror.never], seed: 1)
      : Loader(evaluating: dataset, batchSize: dataset.count)
    let batch = try loader.next()
    return Array(UnsafeBufferPointer(start: batch.images, count: loader.shape.count))
  }

  @Test func `single steps of 16 bits survive, with the true mean and deviation`() throws {
    try withTemporaryFolder { folder in
      let data = try wide(folder, samples).load()
      let train = samples.dropFirst().flatMap { $0 }.map(Double.init)
      let mean = train.reduce(0, +) / 12
      let deviation = (train.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 12).squareRoot()
      #expect(data.mean[0] == Float(mean / 65_535))
      #expect(abs(data.deviation[0] * 65_535 - Float(deviation)) < 1e-4)
      for (value, sample) in zip(try input(data.validation), samples[0]) {
        #expect(abs(Double(value) - (Double(sample) - mean) / deviation) < 1e-5)
      }
    }
  }

  @Test func `what is kept, what is read again and what was augmented are the same bits`() throws {
    try withTemporaryFolder { folder in
      let dataset = try wide(folder, samples)
      let kept = try input(dataset.load().train)
      #expect(try input(dataset.load(cacheBytes: 0).train) == kept)
      let augmented = try input(dataset.load().train, augmented: true)
      #expect(Set(augmented) == Set(kept))
    }
  }

  @Test func `augmentations see 0…255 from the least to the greatest sample, or the range`() throws
  {
    try withTemporaryFolder { folder in
      var dataset = try wide(folder, samples)
      #expect(try dataset.load().train.sample(0).image.prefix(2) == [0, 255])
      dataset.configuration.range = .init(lower: 1000, upper: 1255)
      #expect(try dataset.load().train.sample(0).image.prefix(2) == [0, 40])
      #expect(try dataset.load().train.image(0).pixels.prefix(2) == [0, 40])
    }
  }

  @Test(
    "what the network sees without the data set's mean",
    arguments: [
      (nil, [Float(1000) / 65535, Float(1040) / 65535]),
      (DataConfiguration.ValueRange(lower: 1000, upper: 1020), [0, 2]),
      (DataConfiguration.ValueRange(lower: 1000, upper: 1020, clips: true), [0, 1]),
    ] as [(DataConfiguration.ValueRange?, [Float])])
  func scales(range: DataConfiguration.ValueRange?, expected: [Float]) throws {
    try withTemporaryFolder { folder in
      var dataset = try wide(folder, samples)
      dataset.configuration.normalization = .none
      dataset.configuration.range = range
      for (value, expected) in zip(try input(dataset.load().train), expected) {
        #expect(abs(value - expected) < 1e-6)
      }
    }
  }

  @Test func `images of one scale do not differ in depth`() throws {
    try withTemporaryFolder { folder in
      let dataset = try wide(folder, samples)
      try dataset.writeSample("t1", size: Size(height: 2, width: 3))
      #expect(
        dataset.problems().map { $0.replacing(folder + "/", with: "") } == [
          "train.txt:2: image t1.png is 8-bit, t0.png is 16-bit: their values have no scale in "
            + "common, save all in one depth"
        ])
    }
  }

  @Test func `images of several depths lie in one stack, each on its own scale`() throws {
    try withTemporaryFolder { folder in
      var dataset = try wide(folder, samples)
      dataset.configuration.stack = ImageStack(images: [1, 1])
      dataset.configuration.normalization = .none
      let size = Size(height: 2, width: 3)
      try ImageFile.write(
        Raster(size: size, channels: 1, pixels: [0, 51, 102, 153, 204, 255]),
        to: folder + "/narrow.png")
      try dataset.writeText("train.txt", "t0.png;narrow.png t0-mask.png\n")
      try dataset.writeText("val.txt", "v0.png;narrow.png v0-mask.png\n")
      let values = try input(dataset.load().train)
      #expect(values.prefix(2) == [Float(1000) / 65535, Float(1040) / 65535])
      for (value, expected) in zip(values.suffix(6), [0, 0.2, 0.4, 0.6, 0.8, 1] as [Float]) {
        #expect(abs(value - expected) < 1e-6)
      }
    }
  }

  @Test(arguments: [PixelDepth.bits16, .real])
  func `resizing and conversions give what 8 bits give, to finer steps`(depth: PixelDepth) {
    let size = Size(height: 9, width: 7)
    let pixels = (0..<189).map { UInt8($0 * 37 & 255) }
    let narrow = Raster(size: size, channels: 3, pixels: pixels)
    var wide = Raster()
    narrow.widen(to: depth, into: &wide)
    func values(_ raster: Raster) -> [Float] {
      switch raster.depth {
      case .bits8: raster.pixels.map { Float($0) }
      case .bits16: raster.words.map { Float($0) }
      case .real: raster.reals
      }
    }
    for target in [Size(height: 4, width: 5), Size(height: 12, width: 9), size] {
      let (expected, found) = (narrow.resized(to: target), wide.resized(to: target))
      #expect(found.depth == depth && found.size == target)
      #expect(zip(values(found), values(expected)).allSatisfy { abs($0 - $1) <= 0.501 })
    }
    for channels in [1, 3] {
      let (expected, found) = (
        narrow.converted(toChannels: channels), wide.converted(toChannels: channels)
      )
      #expect(zip(values(found), values(expected)).allSatisfy { abs($0 - $1) <= 0.501 })
    }
    #expect(values(wide.channels(1..<2)) == values(narrow.channels(1..<2)))
    let patch = Patch(size: Size(height: 6, width: 6), top: 5, left: 3, rows: 5..<9, columns: 3..<7)
    var (cutWide, cutNarrow) = (Raster(), Raster())
    wide.cut(patch, into: &cutWide)
    narrow.cut(patch, into: &cutNarrow)
    #expect(values(cutWide) == values(cutNarrow))
  }

  // MARK: - No data

  /// Volumes of reals, 2×3, with labels of 0 and 1.
  private func volumes(_ folder: String, train: [Float], validation: [Float]) throws -> SmallDataset
  {
    var dataset = try SmallDataset(folder)
    let file = try HDF5File()
    try file.root.write(train + validation, shape: [2, 2, 3], to: "raw")
    try file.root.write(
      [Int64](repeating: 0, count: 6) + [0, 1, 0, 1, 0, 1], shape: [2, 2, 3], to: "labels")
    try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
    try dataset.writeText("train.txt", "v.h5:/raw[0] v.h5:/labels[0]\n")
    try dataset.writeText("val.txt", "v.h5:/raw[1] v.h5:/labels[1]\n")
    dataset.configuration.geometry = .original
    return dataset
  }

  @Test func `pixels without data are ignored, do not count, and are seen as the mean`() throws {
    try withTemporaryFolder { folder in
      for (noData, blank) in [
        (.nan, Float.nan), (.value(-9999), -9999), (.value(-9999), .nan),
      ] as [(DataConfiguration.NoData, Float)] {
        var dataset = try volumes(
          folder, train: [1, 3, blank, 1, 3, blank], validation: [1, blank, 3, 1, 3, 3])
        dataset.configuration.noData = noData
        for cacheBytes in [0, 1 << 20] {
          let data = try dataset.load(cacheBytes: cacheBytes)
          #expect(data.mean == [2] && data.deviation == [1])
          #expect(try data.train.labels(0) == [0, 0, 255, 0, 0, 255].ignoring255)
          #expect(try data.validation.labels(0) == [0, 255, 0, 1, 0, 1].ignoring255)
          #expect(try input(data.train) == [-1, 1, 0, -1, 1, 0])
          #expect(try input(data.train, augmented: true) == [-1, 1, 0, -1, 1, 0])
        }
      }
    }
  }

  @Test func `a pixel that would be interpolated from no data is ignored`() throws {
    try withTemporaryFolder { folder in
      var dataset = try volumes(
        folder, train: [1, 3, .nan, 1, 3, 2], validation: [1, 1, 3, 1, 3, 3])
      dataset.configuration.noData = .nan
      dataset.configuration.geometry = .resize(Size(height: 4, width: 6))
      let train = try dataset.load().train
      let labels = try train.labels(0)
      #expect(labels[0] == 0 && labels[5] == Labels.ignoreIndex)
      #expect(try input(train).allSatisfy(\.isFinite))
    }
  }

  @Test func `what is no finite number is refused with its place`() throws {
    try withTemporaryFolder { folder in
      let dataset = try volumes(
        folder, train: [1, 3, 4, .nan, 3, .nan], validation: [1, .infinity, 3, 1, 3, 3])
      #expect(
        dataset.problems().map { $0.replacing(folder + "/", with: "") } == [
          "train.txt:1: image v.h5:/raw[0]: holds 2 values that are no finite number, the first NaN at "
            + "x 0, y 1: where they mean that there is no data set data.no_data: nan",
          "val.txt:1: image v.h5:/raw[1]: holds 1 value that is no finite number, the first inf at "
            + "x 1, y 0: put finite numbers in their place",
        ])
    }
  }
}

extension Mirror {
  /// Changes nothing.
  fileprivate static var never: Mirror {
    Mirror(FieldValues(["probability": .number(0)], of: fields))
  }
}
