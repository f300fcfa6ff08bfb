import Foundation
@testable import Groundwork
import Testing

@Suite struct ImageFileTests {
  private let raster = Raster(size: Size(height: 2, width: 2), channels: 1, pixels: [1, 2, 3, 4])

  @Test func `what a file is follows from its bytes, not from its name`() throws {
    try withTemporaryFolder { folder in
      try ImageFile.write(raster, to: folder + "/a.png")
      try FileManager.default.moveItem(atPath: folder + "/a.png", toPath: folder + "/a.jpg")
      #expect(try ImageFile.readImage(folder + "/a.jpg") == raster)
      #expect(try ImageFile.readMask(folder + "/a.jpg").ids == raster.pixels)
      #expect(try ImageFile.readHeader(folder + "/a.jpg").format == "8-bit grey")
    }
  }

  @Test func `errors say the file and what it is`() throws {
    try withTemporaryFolder { folder in
      func reason(_ name: String) -> String? {
        let path = folder + "/" + name
        let error = #expect(throws: ImageError.self) { try ImageFile.readImage(path) }
        #expect(error?.file == path)
        return error?.reason
      }
      try Data().write(to: URL(fileURLWithPath: folder + "/empty.png"))
      try Data("8BPS".utf8).write(to: URL(fileURLWithPath: folder + "/layers.png"))
      try Data([1, 2, 200, 3]).write(to: URL(fileURLWithPath: folder + "/other.png"))
      #expect(mkfifo(folder + "/pipe.png", 0o600) == 0)
      #expect(reason("missing.png") == "does not exist: correct the path or data.root")
      #expect(reason("empty.png") == "is empty: put the image in its place")
      #expect(reason("layers.png") == "is a Photoshop file: convert it to PNG, losslessly")
      #expect(reason("other.png")?.hasPrefix("is of no format that is read (PNG,") == true)
      #expect(reason("pipe.png") == "is not a file")
      #expect(reason("") == "is not a file")
    }
  }

  @Test func `JPEG masks are refused`() throws {
    try withTemporaryFolder { folder in
      try ImageFile.write(raster, to: folder + "/mask.jpg")
      let error = #expect(throws: ImageError.self) { try ImageFile.readMask(folder + "/mask.jpg") }
      #expect(
        error?.reason.hasPrefix("is JPEG, which changes class ids: write masks as PNG, or") == true)
    }
  }

  @Test func `only png and jpg are written`() {
    let error = #expect(throws: ImageError.self) { try ImageFile.write(raster, to: "/tmp/a.bmp") }
    #expect(error?.description == "/tmp/a.bmp: images are written as .png or .jpg")
  }

  @Test func `a pipe is written to and stays a pipe`() throws {
    try withTemporaryFolder { folder in
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      #expect(FileBytes.isSpecial(pipe))
      // Open for both, so that neither end waits for the other.
      let reader = try #require(FileHandle(forUpdatingAtPath: pipe))
      try FileBytes.write([1, 2, 3], to: pipe)
      #expect(try reader.read(upToCount: 3) == Data([1, 2, 3]))
      #expect(FileBytes.isSpecial(pipe))
      #expect(!FileBytes.isSpecial(folder) && !FileBytes.isSpecial(folder + "/none"))
    }
  }
}
