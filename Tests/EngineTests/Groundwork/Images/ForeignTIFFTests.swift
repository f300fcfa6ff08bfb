import Foundation
@testable import Groundwork
import HDF5
import Testing

/// TIFFs that tifffile wrote, in the folder of `EXPERIMENTS_TIFF_FOLDER`, as `make_tiffs.py` leaves them.
@Suite struct ForeignTIFFTests {
  private static let folder = ProcessInfo.processInfo.environment["EXPERIMENTS_TIFF_FOLDER"]

  @Test(
    "every sample is what was written, to the last bit",
    .enabled(if: folder != nil, "EXPERIMENTS_TIFF_FOLDER names a folder of TIFFs"))
  func samples() throws {
    let folder = try #require(Self.folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".tif") }.map { String($0.dropLast(4)) }.sorted()
    #expect(names.count >= 60)
    for name in names {
      let truth = try HDF5File(
        image: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).h5")))
      let page = try truth.root.integerAttribute("page")
      let file = try TIFF(path: "\(folder)/\(name).tif")
      var raster = Raster()
      try file.decode(page: page, into: &raster)
      let pixels = try truth.root.dataset("pixels")
      let shape = [raster.size.height, raster.size.width, raster.channels]
      #expect(pixels.shape == shape, "\(name)")
      // Every value of 8 and 16 bits is one of single precision.
      let expected: [Float] = try pixels.read()
      let found =
        switch raster.depth {
        case .bits8: raster.pixels.map(Float.init)
        case .bits16: raster.words.map(Float.init)
        case .real: raster.reals
        }
      #expect(expected.map(\.bitPattern) == found.map(\.bitPattern), "\(name)")
      guard try truth.root.contains("ids") else { continue }
      let ids: [Int64] = try truth.root.dataset("ids").read()
      var mask = MaskValues()
      try file.decode(page: page, into: &mask)
      #expect(ids.indices.allSatisfy { mask.value(at: $0) == Int(ids[$0]) }, "\(name)")
    }
  }
}
