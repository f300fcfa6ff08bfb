@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

@Suite("Images to predict")
struct UnlabelledImagesTests {
  @Test("slices of a volume are named by the volume, its dataset and their places")
  func slices() throws {
    try withTemporaryFolder { folder in
      let file = try HDF5File()
      try file.root.write([UInt8](repeating: 7, count: 3 * 8 * 8), shape: [3, 8, 8], to: "raw")
      let path = "\(folder)/scan.h5"
      try file.image().write(to: URL(fileURLWithPath: path))
      let stack = ImageStack(images: [1], slices: ImageStack.Slices())
      let found = try UnlabelledImages(
        ["\(path):/raw[0:2]", "\(path):/raw[2:3]"], root: nil, stack: stack)
      #expect(found.names == ["scan_raw_0000", "scan_raw_0001", "scan_raw_0002"])
    }
  }

  @Test("pages of a stack are named by it and their places")
  func pages() throws {
    try withTemporaryFolder { folder in
      let page = HandmadeTIFF.page(width: 8, height: 8, pixels: Array(repeating: 7, count: 64))
      let path = "\(folder)/a.stack.tif"
      try Data(HandmadeTIFF(pages: [page, page]).bytes).write(to: URL(fileURLWithPath: path))
      let found = try UnlabelledImages(
        ["\(path)[0:2]"], root: nil, stack: ImageStack(channels: 1))
      #expect(found.names == ["a.stack_0000", "a.stack_0001"])
    }
  }
}
