@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Volumes of every format as images and masks.
@Suite struct VolumeFormatsTests {
  private let values: [UInt8] = (0..<120).map { UInt8(2 * $0) }
  private let ids: [UInt8] = (0..<120).map { $0 % 3 == 0 ? 1 : 0 }

  /// What a reader gives of an entry of a list, slice by slice.
  private func read(_ entry: String, in folder: String, axes: VolumeAxes? = nil) throws -> [Raster]
  {
    var reader = VolumeReader()
    return try ListedFile.files(entry, in: folder, axes: axes).map { file in
      var raster = Raster()
      _ = try reader.read(#require(file.slice), into: &raster)
      return raster
    }
  }

  private func complaint(
    _ entry: String, in folder: String, asMask: Bool = false, axes: VolumeAxes? = nil
  ) -> String {
    do {
      var reader = VolumeReader()
      var mask = MaskValues()
      for file in try ListedFile.files(entry, in: folder, axes: axes) {
        guard let slice = file.slice else { return "names no volume" }
        if asMask {
          _ = try reader.read(slice, into: &mask, asColours: false)
        } else {
          try reader.look(slice)
        }
      }
      return ""
    } catch let error as VolumeSliceError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func `endings say one format each`() {
    let endings = VolumeFormats.all.flatMap(\.endings)
    #expect(Set(endings).count == endings.count)
    for format in VolumeFormats.all {
      #expect(
        !format.name.isEmpty && Set(format.endingsOfSeveralFiles).isSubset(of: format.endings))
      for ending in format.endings {
        #expect(ending == ending.lowercased() && ending.hasPrefix("."))
        #expect(VolumeFormats.format(of: "A/B" + ending.uppercased())?.name == format.name)
      }
    }
  }

  @Test func `a volume is the same data in every format`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.groups = .none
      let file = try HDF5File()
      try file.root.write(values, shape: [5, 4, 6], to: "raw")
      try file.root.write(ids, shape: [5, 4, 6], to: "ids")
      try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
      var fingerprints: [String]?
      for (image, mask) in [("v.h5:/raw", "v.h5:/ids")]
        + HandmadeVolumes.all.map({ ($0.entry, $0.entry) })
      {
        if let format = HandmadeVolumes.all.first(where: { $0.entry == image }) {
          try format.write(folder, values)
          try FileManager.default.createDirectory(
            atPath: folder + "/masks", withIntermediateDirectories: true)
          try format.write(folder + "/masks", ids)
        }
        let masks = image == mask ? "masks/" + mask : mask
        try dataset.writeText("train.txt", "\(image)[0:4] \(masks)[:4]\n")
        try dataset.writeText("val.txt", "\(image)[4:] \(masks)[4]\n")
        let data = try dataset.load()
        #expect(data.train.names == (0..<4).map { "\(image)[\($0)]" })
        #expect(try data.train.image(1).pixels == Array(values[24..<48]), "\(image)")
        #expect(try data.validation.labels(0) == ids[96...].map { Label($0) }, "\(image)")
        fingerprints = fingerprints ?? data.fingerprints.map(\.sha256)
        #expect(data.fingerprints.map(\.sha256) == fingerprints, "\(image)")
        try dataset.expectEqualBatches(8)
      }
    }
  }

  @Test func `a volume without brackets is every slice of it`() throws {
    try withTemporaryFolder { folder in
      for format in HandmadeVolumes.all {
        try format.write(folder, values)
        for entry in [format.entry, format.entry + "[:]", format.entry + "[0:]"] {
          let names = try ListedFile.files(entry, in: folder).map(\.name)
          #expect(names == (0..<5).map { "\(format.entry)[\($0)]" })
        }
        #expect(try read(format.entry, in: folder).flatMap(\.pixels) == values, "\(format.entry)")
        #expect(try read(format.entry + "[2]", in: folder)[0].pixels == Array(values[48..<72]))
        #expect(
          complaint(format.entry + "[5]", in: folder)
            .contains("has 5 slices, from 0: there is none of number 5"))
        #expect(complaint(format.entry + "[x]", in: folder).contains("names no slices: write FILE"))
        #expect(complaint(format.entry + "[3", in: folder).contains("names no slices: write FILE"))
      }
      #expect(complaint("missing.nii", in: folder).contains("does not exist: correct the path"))
    }
  }

  @Test func `slices of a compressed volume are read in any order`() throws {
    try withTemporaryFolder { folder in
      // More than a part of a compressed file, of values that do not repeat.
      var random: UInt64 = 1
      let slices = (0..<60).map { _ in
        (0..<64 * 1024).map { _ -> UInt8 in
          random = random &* 6_364_136_223_846_793_005 &+ 1
          return UInt8(random >> 61)
        }
      }
      let plain = HandmadeVolumes.nifti(slices.flatMap { $0 }, shape: [256, 256, 60])
      try HandmadeVolumes.write(folder, "long.nii.gz", try Compression.gzip(plain))
      // The same as members of gzip, one behind the other.
      var members: [UInt8] = []
      for start in stride(from: 0, to: plain.count, by: 300_000) {
        members += try Compression.gzip(Array(plain[start..<min(plain.count, start + 300_000)]))
      }
      try HandmadeVolumes.write(folder, "members.nii.gz", members)
      for name in ["long.nii.gz", "members.nii.gz"] {
        var reader = VolumeReader()
        var raster = Raster()
        let files = try ListedFile.files(name, in: folder)
        for index in [0, 59, 3, 58, 4, 30, 29, 31, 0] {
          _ = try reader.read(#require(files[index].slice), into: &raster)
          #expect(raster.pixels == slices[index], "\(name) \(index)")
        }
      }
      try HandmadeVolumes.write(folder, "short.nii.gz", Array(members.prefix(members.count / 2)))
      #expect(complaint("short.nii.gz[59]", in: folder).contains("ends early"))
      #expect(complaint("short.nii.gz[2]", in: folder) == "")
    }
  }

  @Test func `intensities are scaled, and masks may be of whole numbers of any kind`() throws {
    try withTemporaryFolder { folder in
      let words: [UInt8] = values.flatMap { HandmadeVolumes.little(Int($0) - 100, 2) }
      try HandmadeVolumes.write(
        folder, "ct.nii", HandmadeVolumes.nifti(words, kind: 4, bytes: 2, slope: 0.5))
      let found = try read("ct.nii", in: folder).flatMap(\.reals)
      let halves: [Float] = values.map { value in 0.5 * (Float(value) - 100) }
      #expect(found == halves)
      #expect(complaint("ct.nii[0]", in: folder, asMask: true) == "")
      try HandmadeVolumes.write(
        folder, "odd.nii", HandmadeVolumes.nifti(words, kind: 4, bytes: 2, slope: 0.25))
      #expect(
        complaint("odd.nii[0]", in: folder, asMask: true)
          .contains("is no mask: 12 values are no whole number"))
      let reals: [UInt8] = ids.flatMap { id in
        HandmadeVolumes.little(Int(Float(id).bitPattern), 4)
      }
      try HandmadeVolumes.write(
        folder, "mask.nii", HandmadeVolumes.nifti(reals, kind: 16, bytes: 4))
      var reader = VolumeReader()
      var mask = MaskValues()
      _ = try reader.read(
        #require(ListedFile.files("mask.nii[2]", in: folder)[0].slice), into: &mask,
        asColours: false)
      let stored: [Int] = (0..<24).map { mask.value(at: $0) }
      #expect(stored == ids[48..<72].map { Int($0) })
    }
  }

  @Test func `modes of MRC are read, and the extents of voxels`() throws {
    try withTemporaryFolder { folder in
      try HandmadeVolumes.write(folder, "a.mrc", HandmadeVolumes.mrc(values, mode: 0))
      let signed = values.map { Float(Int8(bitPattern: $0)) }
      #expect(try read("a.mrc", in: folder).flatMap(\.reals) == signed)
      let words: [UInt8] = values.flatMap { HandmadeVolumes.little(Int($0) * 200, 2) }
      try HandmadeVolumes.write(folder, "b.mrc", HandmadeVolumes.mrc(words, mode: 6))
      #expect(try read("b.mrc", in: folder).flatMap(\.words) == values.map { UInt16($0) * 200 })
      let facts = try VolumeFormats.open("\(folder)/b.mrc", dataset: "", axes: nil).facts
      #expect(facts.spacing == .init(slices: 2, height: 1, width: 0.5, unit: "Å"))
      try HandmadeVolumes.write(folder, "c.mrc", HandmadeVolumes.mrc(words, mode: 4))
      #expect(complaint("c.mrc", in: folder).contains("is of mode 4"))
    }
  }

  @Test func `axes of datasets may lie in any order`() throws {
    try withTemporaryFolder { folder in
      // [C, Z, Y, X] of 2 × 5 × 4 × 3.
      let file = try HDF5File()
      try file.root.write(values, shape: [2, 5, 4, 3], to: "first")
      try file.root.write(Array(values.prefix(60)), shape: [5, 4, 3], to: "mask")
      try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
      let axes = try #require(VolumeAxes("czyx"))
      let found = try read("v.h5:/first[:]", in: folder, axes: axes)
      #expect(
        found.count == 5 && found[0].channels == 2 && found[0].size == Size(height: 4, width: 3))
      for (z, raster) in found.enumerated() {
        let expected = (12 * z..<12 * z + 12).flatMap { place -> [UInt8] in
          [values[place], values[60 + place]]
        }
        #expect(raster.pixels == expected)
      }
      // Masks have no channels.
      #expect(
        try read("v.h5:/mask[:]", in: folder, axes: axes).flatMap(\.pixels)
          == Array(values.prefix(60)))
      let turned = try read("v.h5:/mask[:]", in: folder, axes: VolumeAxes("yxz"))
      #expect(turned.count == 3)
      let column: [UInt8] = (0..<20).map { values[3 * $0 + 1] }
      #expect(turned[1].pixels == column)
      let complaint = complaint("v.h5:/mask[:]", in: folder, axes: VolumeAxes("tzcyx"))
      #expect(complaint.contains("is 5×4×3, which are not the axes tzcyx: say in data.axes"))
    }
    for text in ["zy", "yy", "zzyx", "z1yx", ""] { #expect(VolumeAxes(text) == nil) }
  }

  @Test(
    "what cannot be read is refused with its reason",
    arguments: [
      ("v.nii", "n+1", "ni1", "is one of a pair of header and image"),
      ("v.nrrd", "encoding: raw", "encoding: hex", "is of encoding hex, which is not read"),
      ("v.nrrd", "sizes: 6 4 5", "sizes: 6 4 0", "has an axis without extent"),
      ("v.nrrd", "sizes: 6 4 5", "sizes: 6 4 9", "ends early: the file is cut short"),
      ("v.nrrd", "sizes: 6 4 5", "sizes: 99999 99999 5", "are more than the 100 megapixels"),
      (
        "v.nrrd", "encoding: raw", "encoding: raw\nbyte skip: 9223372036854775807",
        "skips no number of bytes"
      ),
      ("v.nrrd", "type: uint8", "type: block", "is of type 'block', which is not read"),
      ("v.mha", "MET_UCHAR", "MET_OTHER", "is of ElementType 'MET_OTHER'"),
      (
        "v.mha", "ElementDataFile", "HeaderSize = 9223372036854775807\nElementDataFile",
        "has a HeaderSize of 9223372036854775807"
      ),
      ("v.mha", "LOCAL", "v.raw", "is a header alone, whose values are in 'v.raw': call it .mhd"),
      ("v.mhd", "mhd.raw", "gone.raw", "names the file of its values 'gone.raw'"),
      ("v.mhd", "mhd.raw", "LIST", "spreads its values over several files"),
      (
        "v.zarr/.zarray", "\"compressor\": null", "\"compressor\": {\"id\": \"lzma\"}",
        "is compressed by lzma"
      ),
      ("v.zarr/.zarray", "|u1", "<c8", "holds numbers of the kind <c8"),
      ("v.zarr/.zarray", "[2, 4, 5]", "[2, 4]", "holds 3 axes, which are not read"),
      ("v.zarr/.zarray", "[2, 4, 5]", "[9999999, 9999, 9]", "is stored in chunks of"),
      ("v.zarr/.zarray", "{", "[", "is no JSON: the store is damaged"),
      ("three.zarr/zarr.json", "\"bytes\"", "\"odd\"", "is compressed by odd, which is not read"),
    ])
  func refusals(file: String, from: String, to: String, reason: String) throws {
    try withTemporaryFolder { folder in
      for format in HandmadeVolumes.all { try format.write(folder, values) }
      let path = "\(folder)/\(file)"
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let place = try #require(bytes.firstRange(of: Array(from.utf8)))
      bytes.replaceSubrange(place, with: Array(to.utf8))
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let entry = file.split(separator: "/")[0]
      let complaint = complaint(String(entry), in: folder)
      #expect(complaint.contains(reason), "\(complaint)")
    }
  }

  @Test func `a store of Zarr that is no folder, or holds no array, is refused with a remedy`()
    throws
  {
    try withTemporaryFolder { folder in
      try HandmadeVolumes.write(folder, "a.zarr", [0x50, 0x4B, 3, 4])
      #expect(
        complaint("a.zarr", in: folder).contains("unpack it where it is a zip (unzip -d a.zarr"))
      try HandmadeVolumes.all.first { $0.entry == "v.zarr" }?.write(folder, values)
      try FileManager.default.createDirectory(
        atPath: folder + "/group.zarr", withIntermediateDirectories: true)
      try FileManager.default.moveItem(
        atPath: folder + "/v.zarr", toPath: folder + "/group.zarr/raw")
      try HandmadeVolumes.write(folder, "group.zarr/.zgroup", Array("{\"zarr_format\": 2}".utf8))
      #expect(
        complaint("group.zarr", in: folder).contains(
          "name an array in it, group.zarr:/ARRAY; there is raw"))
      #expect(try read("group.zarr:/raw", in: folder).flatMap(\.pixels) == values)
      #expect(
        try read("group.zarr/raw[1:3]", in: folder).flatMap(\.pixels) == Array(values[24..<72]))
      #expect(
        complaint("group.zarr:/../v", in: folder).contains("names a place outside of the store"))
      // Chunks that were never written hold the number that stands for all.
      try FileManager.default.removeItem(atPath: folder + "/group.zarr/raw/1.0.0")
      let found = try read("group.zarr:/raw[2]", in: folder)[0].pixels
      let expected = (0..<24).map { pixel -> UInt8 in pixel % 6 == 5 ? values[48 + pixel] : 0 }
      #expect(found == expected)
    }
  }

  @Test func `chunks of Zstandard and of Blosc hold what was put into them`() throws {
    // `numpy.arange(24, dtype="<u2") * 300` as numcodecs compresses it.
    let chunks: [(Compression, String)] = [
      (.zstandard, "KLUv/SAwgQEAAAAsAVgChAOwBNwFCAc0CGAJjAq4C+QMEA48D2gQlBHAEuwTGBVEFnAXnBjIGfQa"),
      (
        .blosc,
        "AgEzAjAAAAAwAAAAQAAAAAAALAFYAoQDsATcBQgHNAhgCYwKuAvkDBAOPA9oEJQRwBLsExgVRBZwF5wYyBn0Gg=="
      ),
    ]
    let expected = (0..<24).flatMap { HandmadeVolumes.little(300 * $0, 2) }
    for (compression, text) in chunks {
      let bytes = [UInt8](try #require(Data(base64Encoded: text)))
      func decode(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
        var room = [UInt8](repeating: 0, count: count)
        try bytes.withBytes { (bytes) throws(ImageError) in
          try room.withMutableBytes { (room) throws(ImageError) in
            try compression.decompress(bytes, into: room)
          }
        }
        return room
      }
      #expect(try decode(bytes, count: 48) == expected)
      #expect(throws: ImageError.self) { try decode(bytes, count: 47) }
      #expect(throws: ImageError.self) { try decode(bytes, count: 49) }
      #expect(throws: ImageError.self) { try decode(Array(bytes.dropLast(9)), count: 48) }
    }
  }
}
