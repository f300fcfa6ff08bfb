@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// What ImageJ and OME say of the pages of a TIFF.
@Suite struct TIFFStackTests {
  /// A stack whose pages hold their numbers, described so.
  private func stack(_ pages: Int, _ description: String) -> HandmadeTIFF {
    var stack = HandmadeTIFF()
    for page in 0..<pages {
      var made = HandmadeTIFF.page(
        width: 6, height: 4, pixels: Array(repeating: UInt8(page), count: 24))
      if page == 0 { made.description = description }
      stack.pages.append(made)
    }
    return stack
  }

  private func ome(
    _ order: String, c: Int = 1, z: Int = 1, t: Int = 1, more: String = "", inside: String = ""
  ) -> String {
    "<?xml version='1.0'?><OME><Image ID='a'><Pixels DimensionOrder=\"\(order)\" SizeC=\"\(c)\" "
      + "SizeZ='\(z)' SizeT=\"\(t)\" \(more)>\(inside)</Pixels></Image></OME>"
  }

  /// The first values of the channels of each slice.
  private func values(_ bytes: [UInt8]) throws -> [[UInt8]] {
    try withTemporaryFolder { folder in
      try HandmadeVolumes.write(folder, "stack.tif", bytes)
      let volume = try TIFFStacks().open("\(folder)/stack.tif", dataset: "", axes: nil)
      var raster = Raster()
      return try (0..<volume.slices).map { slice in
        try volume.read(slice, into: &raster)
        #expect(raster.size == Size(height: 4, width: 6))
        return Array(raster.pixels.prefix(raster.channels))
      }
    }
  }

  @Test func `a hyperstack of ImageJ is slices of channels, one time behind the other`() throws {
    let text = "ImageJ=1.53\nimages=12\nchannels=2\nslices=3\nframes=2\nhyperstack=true\n"
    #expect(
      try values(stack(12, text).bytes) == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11]])
    // Pages that are not those that are described are slices.
    #expect(try values(stack(3, text).bytes) == [[0], [1], [2]])
  }

  @Test(
    arguments: [
      ("XYCZT", [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11]]),
      ("XYZCT", [[0, 3], [1, 4], [2, 5], [6, 9], [7, 10], [8, 11]]),
      ("XYZTC", [[0, 6], [1, 7], [2, 8], [3, 9], [4, 10], [5, 11]]),
      ("XYTCZ", [[0, 2], [4, 6], [8, 10], [1, 3], [5, 7], [9, 11]]),
      ("XYTZC", [[0, 6], [2, 8], [4, 10], [1, 7], [3, 9], [5, 11]]),
      ("XYCTZ", [[0, 1], [4, 5], [8, 9], [2, 3], [6, 7], [10, 11]]),
    ] as [(String, [[UInt8]])])
  func `whatever the order of OME's pages, slices come one above the other, time by time`(
    order: String, expected: [[UInt8]]
  ) throws {
    let bytes = stack(12, ome(order, c: 2, z: 3, t: 2)).bytes
    #expect(try values(bytes) == expected)
  }

  @Test func `without channels the order of pages counts too`() throws {
    #expect(try values(stack(6, ome("XYTZC", z: 3, t: 2)).bytes) == [[0], [2], [4], [1], [3], [5]])
  }

  @Test func `what OME says of single pages must be what it says of all`() throws {
    let planes = (0..<4).map { "<TiffData IFD='\($0)' FirstC='\($0 % 2)' FirstZ='\($0 / 2)'/>" }
    let right = ome("XYCZT", c: 2, z: 2, inside: planes.joined())
    #expect(try values(stack(4, right).bytes) == [[0, 1], [2, 3]])
    let wrong = ome("XYZCT", c: 2, z: 2, inside: planes.joined())
    #expect(throws: ImageError.self) { try values(stack(4, wrong).bytes) }
  }

  @Test func `a large stack of ImageJ has a page for the first image alone`() throws {
    for isBigEndian in [false, true] {
      var stack = HandmadeTIFF(isBigEndian: isBigEndian)
      let words = (0..<6).flatMap { page in
        (0..<24).flatMap { _ in stack.number(300 * page, 2) }
      }
      var page = HandmadeTIFF.page(width: 6, height: 4, bits: 16, pixels: words)
      page.description = "ImageJ=1.53\nimages=6\nchannels=2\nslices=3\nspacing=-2\nunit=\\u00B5m\n"
      stack.pages = [page]
      try withTemporaryFolder { folder in
        try HandmadeVolumes.write(folder, "stack.tif", stack.bytes)
        let volume = try TIFFStacks().open("\(folder)/stack.tif", dataset: "", axes: nil)
        #expect(volume.slices == 3)
        var raster = Raster()
        try volume.read(2, into: &raster)
        #expect(raster.channels == 2 && raster.depth == .bits16)
        #expect(Array(raster.words.prefix(4)) == [1200, 1500, 1200, 1500])
      }
    }
  }

  @Test func `neighbours of a slice are of its own time`() throws {
    try withTemporaryFolder { folder in
      try HandmadeVolumes.write(folder, "stack.tif", stack(6, ome("XYZCT", z: 3, t: 2)).bytes)
      let files = try ListedFile.files("stack.tif[:]", in: folder)
      var reader = VolumeReader()
      var raster = Raster()
      let found = try [(2, 1), (3, -1), (3, 1), (5, 4)].map { place, offset in
        let slice = try #require(files[place].slice?.neighbour(offset))
        _ = try reader.read(slice, into: &raster)
        return Int(raster.pixels[0])
      }
      #expect(found == [2, 3, 4, 5])
    }
  }

  @Test func `lengths have units of their own`() throws {
    func spacing(_ text: String) -> VolumeFacts.Spacing? {
      TIFFDescription(text).facts(TIFF.Resolution(width: 4, height: 2, unit: 1)).spacing
    }
    let sizes = "PhysicalSizeX='0.25' PhysicalSizeY='500' PhysicalSizeYUnit='nm' PhysicalSizeZ='2'"
    #expect(
      spacing(ome("XYZCT", more: sizes)) == .init(slices: 2, height: 0.5, width: 0.25, unit: "µm"))
    let pixels = "PhysicalSizeX='1' PhysicalSizeXUnit='pixel' PhysicalSizeY='1'"
    #expect(spacing(ome("XYZCT", more: pixels)) == nil)
    #expect(
      spacing("ImageJ=1.53\nspacing=-2.5\nunit=micron\nzunit=nm\n")
        == .init(slices: 0.0025, height: 0.5, width: 0.25, unit: "µm"))
    #expect(spacing("ImageJ=1.53\nunit=pixel\n") == nil)
  }
}
