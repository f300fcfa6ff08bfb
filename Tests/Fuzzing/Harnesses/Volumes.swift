@testable import Datasets
import Foundation
@testable import Groundwork

extension Harness {
  static let nifti = volume(
    "nifti", "NIfTI volumes, also compressed ones", file: "v.nii",
    words: ["n+1\0", "ni1\0", "n+2\0\r\n\u{1A}\n"],
    seeds: {
      let (kinds, values) = ([(2, 1), (4, 2), (8, 4), (16, 4), (64, 8), (512, 2)], volumeBytes)
      return kinds.map { kind, bytes in
        HandmadeVolumes.nifti(
          Array((0..<bytes).map { _ in values }.joined()), kind: kind, bytes: bytes)
      }
    })

  static let nrrd = volume(
    "nrrd", "NRRD volumes", file: "v.nrrd",
    words: [
      "NRRD0005\n", "type: ", "dimension: ", "sizes: ", "encoding: ", "raw", "gzip", "ascii", "hex",
      "endian: ", "little", "big", "space directions: ", "spacings: ", "(1,0,0)", "none",
      "data file: ",
      "line skip: ", "byte skip: -1", "kinds: ", "space: ", "int16", "float", "double", "uint64",
      "LIST",
    ],
    seeds: {
      let values = volumeBytes
      return try [
        Array(HandmadeVolumes.nrrd("raw").utf8) + values,
        Array(HandmadeVolumes.nrrd("gzip").utf8) + Compression.gzip(values),
        Array(HandmadeVolumes.nrrd("ascii").utf8) + Array("1 2 3 ".utf8),
        Array(
          HandmadeVolumes.nrrd("raw", "space directions: (1,0,0) (0,1,0) (0,0,2)\nendian: big\n")
            .utf8)
          + values,
      ]
    })

  static let metaimage = volume(
    "metaimage", "MetaImage volumes", file: "v.mha",
    words: [
      "NDims = ", "DimSize = ", "ElementType = ", "MET_UCHAR", "MET_SHORT", "MET_FLOAT",
      "MET_DOUBLE",
      "ElementSpacing = ", "ElementDataFile = ", "LOCAL", "CompressedData = True",
      "HeaderSize = -1",
      "ElementNumberOfChannels = ", "BinaryDataByteOrderMSB = True", "CompressedDataSize = ",
    ],
    seeds: {
      [
        Array(HandmadeVolumes.meta("LOCAL").utf8) + volumeBytes,
        Array(("CompressedData = True\n" + HandmadeVolumes.meta("LOCAL")).utf8) + volumeBytes,
        Array(("ElementNumberOfChannels = 2\n" + HandmadeVolumes.meta("LOCAL")).utf8) + volumeBytes,
      ]
    })

  static let mrc = volume(
    "mrc", "MRC volumes", file: "v.mrc", words: ["MAP ", "DD\0\0", "\u{11}\u{11}"],
    seeds: { [0, 1, 2, 6].map { HandmadeVolumes.mrc(volumeBytes + volumeBytes, mode: $0) } })

  static let stack = Harness(
    name: "stack", about: "the pages of TIFF stacks, and what they say of themselves",
    words: [
      "II*\0", "MM\0*", "<OME ", "ImageJ=1.53\n", "images=", "slices=", "channels=", "SizeZ=\"",
      "spacing=",
    ],
    seeds: { tiffs }
  ) { bytes in
    ScratchFolder.write(bytes, to: "stack.tif")
    readVolume("stack.tif[0:3]")
  }

  /// The description of an array up to a zero byte, and behind it the bytes of its first chunk.
  static let zarr = Harness(
    name: "zarr", about: "Zarr arrays: a description, a zero byte and a chunk",
    words: [
      "\"zarr_format\": 2", "\"zarr_format\": 3", "\"shape\": ", "\"chunks\": ", "\"dtype\": ",
      "\"|u1\"",
      "\"<f4\"", "\">i2\"", "\"order\": \"F\"", "\"compressor\": ", "\"filters\": ",
      "\"fill_value\": ",
      "\"node_type\": \"array\"", "\"data_type\": ", "\"codecs\": ", "\"sharding_indexed\"",
      "\"blosc\"",
      "\"zstd\"", "\"gzip\"", "\"transpose\"", "\"bytes\"", "\"crc32c\"", "\"configuration\": ",
      "\\u0000",
      "\"NaN\"", "\"chunk_key_encoding\": ", "\"dimension_separator\": \"/\"",
    ],
    seeds: {
      func version2(_ codec: String) -> [UInt8] {
        Array(
          """
          {"zarr_format": 2, "shape": [4, 6], "chunks": [4, 6], "dtype": "<u2", "order": "C",
           "compressor": \(codec), "fill_value": 0, "filters": null}\0
          """.utf8)
      }
      let version3 = """
        {"zarr_format": 3, "node_type": "array", "shape": [5, 4, 6], "data_type": "uint8",
         "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 4, 5]}},
         "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
         "codecs": [{"name": "bytes"}, {"name": "gzip", "configuration": {"level": 5}}], "fill_value": 0}\0
        """
      let zstd = "KLUv/SAwgQEAAAAsAVgChAOwBNwFCAc0CGAJjAq4C+QMEA48D2gQlBHAEuwTGBVEFnAXnBjIGfQa"
      let blosc =
        "AgEzAjAAAAAwAAAAQAAAAAAALAFYAoQDsATcBQgHNAhgCYwKuAvkDBAOPA9oEJQRwBLsExgVRBZwF5wYyBn0Gg=="
      return try [
        version2("null") + volumeBytes,
        version2(#"{"id": "gzip"}"#) + Compression.gzip(volumeBytes),
        version2(#"{"id": "zstd"}"#) + Array(Data(base64Encoded: zstd) ?? Data()),
        version2(#"{"id": "blosc"}"#) + Array(Data(base64Encoded: blosc) ?? Data()),
        Array(version3.utf8) + Compression.gzip(volumeBytes),
      ]
    }
  ) { bytes in
    let description = bytes.prefix { $0 != 0 }
    let chunk = bytes.dropFirst(description.count + 1)
    for (store, metadata, chunks) in [
      ("two.zarr", ".zarray", ["0.0", "0.0.0", "0"]),
      ("three.zarr", "zarr.json", ["c/0/0", "c/0/0/0"]),
    ] {
      ScratchFolder.write(description, to: "\(store)/\(metadata)")
      for name in chunks { ScratchFolder.write(chunk, to: "\(store)/\(name)") }
      readVolume(store)
    }
  }

  private static func volume(
    _ name: String, _ about: String, file: String, words: [String],
    seeds: @escaping @Sendable () throws -> [[UInt8]]
  ) -> Harness {
    Harness(name: name, about: about, words: words, seeds: seeds) { bytes in
      ScratchFolder.write(bytes, to: file)
      readVolume(file)
    }
  }

  /// Reads at most four slices, as images and as masks.
  private static func readVolume(_ entry: String) {
    var reader = VolumeReader()
    var raster = Raster()
    var mask = MaskValues()
    guard let files = try? ListedFile.files(entry, in: ScratchFolder.path) else { return }
    for file in files.suffix(4).reversed() {
      guard let slice = file.slice, let extent = try? reader.extent(of: slice),
        extent.size.area <= 1 << 22
      else { return }
      _ = try? reader.read(slice, into: &raster)
      _ = try? reader.read(slice, into: &mask, asColours: false)
    }
  }

  private static var volumeBytes: [UInt8] { (0..<120).map { UInt8(2 * $0) } }
}
