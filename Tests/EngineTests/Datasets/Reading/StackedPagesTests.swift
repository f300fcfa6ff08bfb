@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Pages of TIFFs as images and masks.
@Suite struct StackedPagesTests {
  private let size = Size(height: 4, width: 6)

  /// Five pages of images and their masks, once as TIFF and once as HDF5.
  private func write(_ folder: String) throws {
    let values: [UInt8] = (0..<5 * size.area).map { UInt8(2 * $0) }
    let ids: [UInt8] = (0..<5 * size.area).map { $0 % 3 == 0 ? 1 : 0 }
    var (images, masks) = (HandmadeTIFF(), HandmadeTIFF())
    for page in 0..<5 {
      let part = page * size.area..<(page + 1) * size.area
      images.pages.append(
        HandmadeTIFF.page(
          width: size.width, height: size.height, pixels: Array(values[part])))
      masks.pages.append(
        HandmadeTIFF.page(width: size.width, height: size.height, pixels: Array(ids[part])))
    }
    try Data(images.bytes).write(to: URL(fileURLWithPath: folder + "/stack.tif"))
    try Data(masks.bytes).write(to: URL(fileURLWithPath: folder + "/labels.TIFF"))
    let file = try HDF5File()
    try file.root.write(values, shape: [5, size.height, size.width], to: "raw")
    try file.root.write(ids, shape: [5, size.height, size.width], to: "ids")
    try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
  }

  private func dataset(_ folder: String, _ image: String, _ mask: String) throws -> SmallDataset {
    let dataset = try SmallDataset(folder)
    try write(folder)
    try dataset.writeText("train.txt", "\(image)[0:4] \(mask)[0:4]\n")
    try dataset.writeText("val.txt", "\(image)[4] \(mask)[4]\n")
    return dataset
  }

  @Test func `a stack of pages is the same data as a volume in HDF5`() throws {
    try withTemporaryFolder { folder in
      let pages = try dataset(folder, "stack.tif", "labels.TIFF")
      let data = try pages.load()
      #expect(data.train.names == (0..<4).map { "stack.tif[\($0)]" })
      let ids: [Label] = (96..<120).map { $0 % 3 == 0 ? 1 : 0 }
      #expect(try data.validation.labels(0) == ids)
      try pages.expectEqualBatches(8)
      let looked = try DataInspector().inspect(pages.configuration, seed: 1)
      #expect(looked.trainingSamples == 4 && looked.depth == .bits8)
      let volume = try dataset(folder, "v.h5:/raw", "v.h5:/ids").load()
      #expect(data.fingerprints.map(\.sha256) == volume.fingerprints.map(\.sha256))
      #expect(data.mean == volume.mean && data.deviation == volume.deviation)
    }
  }

  @Test func `neighbours of a page are seen with it, up to the ends of the stack`() throws {
    try withTemporaryFolder { folder in
      func samples(_ image: String, _ mask: String) throws -> [[Float]] {
        var dataset = try dataset(folder, image, mask)
        dataset.configuration.stack = ImageStack(images: [1], slices: .init(before: 1, after: 1))
        let data = try dataset.load()
        return try (0..<4).map { try data.train.sample($0).image }
      }
      let pages = try samples("stack.tif", "labels.TIFF")
      let slices = try samples("v.h5:/raw", "v.h5:/ids")
      #expect(pages == slices)
    }
  }

  @Test(
    "what is wrong with a page is told",
    arguments: [
      ("stack.tif[5]", "labels.TIFF[0]", "has 5 pages, from 0: there is none of number 5"),
      ("stack.tif", "labels.TIFF[0]", "has 5 pages: name one, FILE.tif[0], or several"),
      ("stack.tif[x]", "labels.TIFF[0]", "names no slices: write"),
      ("other.tif[0]", "labels.TIFF[0]", "does not exist: correct the path or data.root"),
      ("t0.tif[0]", "labels.TIFF[0]", "is no TIFF: "),
      (
        "five.tif", "labels.TIFF[0]",
        "has 5 channels, and data.channels says 1: write data.channels: 5"
      ),
      ("stack.tif[0]", "reals.tif[0]", "is 32-bit float grey, but a mask holds one class id"),
    ])
  func wrong(image: String, mask: String, expected: String) throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, "stack.tif", "labels.TIFF")
      try FileManager.default.copyItem(atPath: folder + "/t0.png", toPath: folder + "/t0.tif")
      func write(_ name: String, _ page: HandmadeTIFF.Page) throws {
        try Data(HandmadeTIFF.file(page)).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      try write(
        "five.tif",
        HandmadeTIFF.page(
          width: 6, height: 4, samples: 5, tags: [338: [0, 0, 0, 0]],
          pixels: Array(repeating: 1, count: 120)))
      try write(
        "reals.tif",
        HandmadeTIFF.page(
          width: 6, height: 4, bits: 32, format: 3, pixels: Array(repeating: 0, count: 96)))
      try dataset.writeText("train.txt", "\(image) \(mask)\n")
      let problems = dataset.problems()
      #expect(problems.count == 1 && problems[0].contains(expected), "\(problems)")
    }
  }

  @Test func `an image may have any number of channels`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      for (name, first) in [("a", UInt8(0)), ("b", 9)] {
        let pixels: [UInt8] = (0..<5 * size.area).map { first + UInt8($0) }
        let page = HandmadeTIFF.page(
          width: 6, height: 4, samples: 5, tags: [338: [0, 0, 0, 0]], pixels: pixels)
        try Data(HandmadeTIFF.file(page)).write(
          to: URL(fileURLWithPath: "\(folder)/\(name).tif"))
      }
      try dataset.writeText("train.txt", "a.tif t0-mask.png\na.tif t0-mask.png\n")
      try dataset.writeText("val.txt", "b.tif t1-mask.png\n")
      dataset.configuration.stack = ImageStack(channels: 5)
      let data = try dataset.load()
      #expect(data.mean.count == 5 && data.train.channels == 5)
      let shown = try data.train.image(0)
      #expect(shown.channels == 3 && Array(shown.pixels.prefix(6)) == [0, 1, 2, 5, 6, 7])
      try dataset.expectEqualBatches(2)
    }
  }
}
