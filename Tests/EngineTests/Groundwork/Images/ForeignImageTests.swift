import Foundation
@testable import Groundwork
import HDF5
import Testing

/// GIF, WebP, BMP and PNM files in the folder of `EXPERIMENTS_IMAGE_FOLDER`, as `make_images.py` leaves them.
@Suite struct ForeignImageTests {
  private static let folder = ProcessInfo.processInfo.environment["EXPERIMENTS_IMAGE_FOLDER"]

  @Test(
    "every sample and every id is what Pillow reads",
    .enabled(if: folder != nil, "EXPERIMENTS_IMAGE_FOLDER names a folder of images"))
  func samples() throws {
    let folder = try #require(Self.folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { !$0.hasSuffix(".h5") }.sorted()
    #expect(names.count >= 250)
    for name in names {
      let truth = try HDF5File(
        image: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).h5")))
      let raster = try ImageFile.readImage("\(folder)/\(name)")
      let pixels = try truth.root.dataset("pixels")
      #expect(
        pixels.shape == [raster.size.height, raster.size.width, raster.channels], "\(name)")
      let expected: [Float] = try pixels.read()
      let found =
        raster.depth == .bits8 ? raster.pixels.map(Float.init) : raster.words.map(Float.init)
      #expect(expected == found, "\(name)")
      let bytes = try FileBytes.read("\(folder)/\(name)")
      var mask = MaskValues()
      guard try truth.root.contains("ids") else {
        if !name.hasSuffix(".gif") {
          #expect(throws: ImageError.self, "\(name)") {
            try ImageFile.decode(bytes, into: &mask)
          }
        }
        continue
      }
      let ids: [Int64] = try truth.root.dataset("ids").read()
      try ImageFile.decode(bytes, into: &mask)
      #expect(ids.indices.allSatisfy { mask.value(at: $0) == Int(ids[$0]) }, "\(name)")
    }
  }
}
