@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// What a line or a description of few bytes claims costs nothing before its files bear it out.
@Suite struct ClaimedSizesTests {
  private let values: [UInt8] = (0..<120).map { UInt8(2 * $0) }

  /// What is wrong with an entry, before any slice is read.
  private func complaint(_ entry: String, in folder: String) -> String {
    do throws(VolumeSliceError) {
      _ = try ListedFile.files(entry, in: folder)
      return ""
    } catch {
      return error.message
    }
  }

  @Test(arguments: ["v.mha", "v.nii", "v.zarr", "v.nrrd"])
  func `a long range of slices is compared with the volume first`(file: String) throws {
    try withTemporaryFolder { folder in
      for format in HandmadeVolumes.all { try format.write(folder, values) }
      for range in ["0:1000000", "3:1000", "0:70"] {
        #expect(
          complaint("\(file)[\(range)]", in: folder)
            .hasSuffix("\(file): has 5 slices, from 0: there is none of number 5"))
      }
      #expect(complaint("\(file)[2000:3000]", in: folder).hasSuffix("none of number 2000"))
      #expect(complaint("gone-\(file)[0:1000000]", in: folder).contains("gone-\(file)"))
      // Short ones are told of when they are read, slice by slice.
      #expect(try ListedFile.files("\(file)[0:5]", in: folder).count == 5)
      #expect(try ListedFile.files("\(file)[1:9]", in: folder).count == 8)
    }
  }

  @Test func `a long range that the volume has is read`() throws {
    try withTemporaryFolder { folder in
      let header =
        "NDims = 3\nDimSize = 2 1 300\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n"
      try HandmadeVolumes.write(
        folder, "long.mha", Array(header.utf8) + Array(repeating: 7, count: 600))
      let files = try ListedFile.files("long.mha[100:300]", in: folder)
      #expect(files.map { $0.slice?.index } == (100..<300).map(Optional.some))
      #expect(files[199].name == "long.mha[299]")
    }
  }

  @Test(arguments: [
    ("v.zarr", "has a chunk of 40 bytes in place of 1073741824"),
    ("g.zarr", "bytes that is to become 1024 MiB, more than 1032 times as much"),
  ])
  func `a chunk that claims a gigabyte takes no memory for it`(store: String, reason: String) throws
  {
    try withTemporaryFolder { folder in
      for format in HandmadeVolumes.all { try format.write(folder, values) }
      let path = "\(folder)/\(store)/.zarray"
      let claimed = try String(contentsOfFile: path, encoding: .utf8)
        .replacing("[5, 4, 6]", with: "[1024, 1024, 1024]")
        .replacing("[2, 4, 5]", with: "[1024, 1024, 1024]")
      try Data(claimed.utf8).write(to: URL(fileURLWithPath: path))
      var reader = VolumeReader()
      let slice = try #require(ListedFile.files("\(store)[3]", in: folder)[0].slice)
      do throws(ImageError) {
        try reader.look(slice)
        Issue.record("it was read")
      } catch {
        #expect(error.reason.contains(reason), "\(error.reason)")
      }
    }
  }

  @Test func `compressed chunks are believed up to what deflate can do`() throws {
    let codecs = [ZarrCodec.compression(.zstandard)]
    #expect(throws: Never.self) { try codecs.check(stored: 20, decoded: 128 << 20) }
    #expect(throws: Never.self) { try codecs.check(stored: 1 << 20, decoded: 1 << 30) }
    #expect(throws: ImageError.self) { try codecs.check(stored: 1 << 10, decoded: 1 << 30) }
    #expect(throws: Never.self) { try [ZarrCodec.checksum].check(stored: 24, decoded: 20) }
    #expect(throws: ImageError.self) { try [ZarrCodec]().check(stored: 24, decoded: 20) }
  }
}
