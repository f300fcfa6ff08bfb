@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// What is written of masks can be read again, in the place of the image.
@Suite struct MaskWritersTests {
  private let size = Size(height: 4, width: 6)
  private let values: [UInt8] = (0..<120).map { UInt8(2 * $0) }

  private func pages(_ count: Int) -> [[UInt8]] {
    (0..<count).map { page in (0..<size.area).map { UInt8(($0 + page) % 3) } }
  }

  @Test func `pages of a TIFF are the masks, and its tags those of the image`() throws {
    try withTemporaryFolder { folder in
      // ModelPixelScale and ModelTiepoint are doubles, which handmade files do not have: the keys alone.
      let keys: [UInt32] = [1, 1, 0, 1, 1024, 0, 1, 2]
      let image = HandmadeTIFF.page(
        width: 6, height: 4, tags: [34735: keys], pixels: Array(values.prefix(24)))
      try HandmadeVolumes.write(folder, "image.tif", HandmadeTIFF.file(image))
      let path = folder + "/mask.tif"
      let writer = try TIFFWriter(path: path, isLarge: false)
      #expect(!FileManager.default.fileExists(atPath: path))
      var page = TIFFWriter.Page(size: size)
      page.palette = ClassPalette(classes: ["a", "b", "c"])
      page.like = (try TIFF(path: folder + "/image.tif"), 0)
      page.resolution = TIFF.Resolution(width: 2, height: 4, unit: 3)
      for pixels in pages(3) { try writer.add(page, pixels) }
      try writer.finish()
      let read = try TIFF(path: path)
      #expect(read.pages == 3)
      var mask = MaskValues()
      for (index, pixels) in pages(3).enumerated() {
        try read.decode(page: index, into: &mask)
        #expect(mask.bytes == pixels)
      }
      #expect(try read.resolution(page: 2) == TIFF.Resolution(width: 2, height: 4, unit: 3))
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(bytes.ranges(of: keys.flatMap { HandmadeVolumes.little(Int($0), 2) }).count == 3)
      #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
    }
  }

  @Test func `masks of 16 bits are read as they were written`() throws {
    try withTemporaryFolder { folder in
      let words: [UInt16] = (0..<24).map { UInt16(1000 * $0) }
      let writer = try TIFFWriter(path: folder + "/mask.tif", isLarge: true)
      try writer.add(TIFFWriter.Page(size: size), words.withUnsafeBytes { Array($0) })
      try writer.finish()
      var mask = MaskValues()
      try TIFF(path: folder + "/mask.tif").decode(page: 0, into: &mask)
      #expect((0..<24).map { mask.value(at: $0) } == words.map { Int($0) })
    }
  }

  @Test func `a file that is not finished is not there`() throws {
    try withTemporaryFolder { folder in
      do {
        let writer = try TIFFWriter(path: folder + "/mask.tif", isLarge: false)
        try writer.add(TIFFWriter.Page(size: size), pages(1)[0])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `a mask of NIfTI lies where its slices lie in the volume`() throws {
    try withTemporaryFolder { folder in
      for (name, make) in [
        ("v.nii", { HandmadeVolumes.nifti(self.values) }),
        ("v.mha", { Array(HandmadeVolumes.meta("LOCAL").utf8) + self.values }),
      ] {
        try HandmadeVolumes.write(folder, name, make())
        let image = try ListedFile.files(name, in: folder)[1]
        let volume = try #require(try image.volume())
        let path = "\(folder)/mask.nii.gz"
        let writer = try NIfTIWriter(path: path, like: volume, slices: 1..<4, size: size, depth: 8)
        for pixels in pages(3) { try writer.add(pixels) }
        try writer.finish()
        let read = try VolumeFormats.open(path, dataset: "", axes: nil)
        var mask = MaskValues()
        for (index, pixels) in pages(3).enumerated() {
          try read.read(index, into: &mask, asColours: false)
          #expect(mask.bytes == pixels)
        }
        #expect(read.facts.spacing == volume.facts.spacing)
        // A slice further along the third column.
        guard var moved = volume.facts.orientation else {
          #expect(read.facts.orientation == nil)
          continue
        }
        for row in 0..<3 { moved[4 * row + 3] += moved[4 * row + 2] }
        let found = try #require(read.facts.orientation)
        for (one, other) in zip(found, moved) { #expect(abs(one - other) < 1e-5) }
      }
    }
  }
}
