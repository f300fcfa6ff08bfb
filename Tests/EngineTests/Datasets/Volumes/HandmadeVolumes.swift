@testable import Datasets
import Foundation
@testable import Groundwork

/// Small volumes byte by byte, for the tests: five slices of 4 × 6 pixels of 8 bits.
enum HandmadeVolumes {
  static let size = Size(height: 4, width: 6)
  static let slices = 5

  /// What a list names, as it is written with other values in it.
  static let all: [(entry: String, write: @Sendable (String, [UInt8]) throws -> Void)] = [
    ("v.nii", { try write($0, "v.nii", nifti($1)) }),
    ("z.nii.gz", { try write($0, "z.nii.gz", Compression.gzip(nifti($1))) }),
    ("v.nrrd", { try write($0, "v.nrrd", Array(nrrd("raw").utf8) + $1) }),
    ("z.nrrd", { try write($0, "z.nrrd", Array(nrrd("gzip").utf8) + Compression.gzip($1)) }),
    (
      "v.nhdr",
      {
        try write($0, "v.nhdr", Array(nrrd("raw", "data file: nhdr.raw\n").utf8))
        try write($0, "nhdr.raw", $1)
      }
    ),
    ("v.mha", { try write($0, "v.mha", Array(meta("LOCAL").utf8) + $1) }),
    (
      "v.mhd",
      {
        try write($0, "v.mhd", Array(meta("mhd.raw").utf8))
        try write($0, "mhd.raw", $1)
      }
    ),
    ("v.zarr", { try zarr($0, "v.zarr", $1) { $0 } }),
    ("g.zarr", { try zarr($0, "g.zarr", $1, compressor: "gzip", Compression.gzip) }),
    ("three.zarr", { try zarr3($0, "three.zarr", $1) }),
  ]

  static func write(_ folder: String, _ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// NIfTI-1, with voxels of 0.5 × 0.75 × 2 mm.
  static func nifti(
    _ values: [UInt8], kind: Int = 2, bytes: Int = 1, slope: Float = 0, shape: [Int] = [6, 4, 5]
  ) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 352)
    func put(_ bytes: [UInt8], at offset: Int) {
      header.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    func put(_ value: Float, at offset: Int) {
      put(little(Int(value.bitPattern), 4), at: offset)
    }
    put(little(348, 4), at: 0)
    let extents = [shape.count] + shape + Array(repeating: 1, count: 7 - shape.count)
    put(extents.flatMap { little($0, 2) }, at: 40)
    put(little(kind, 2), at: 70)
    put(little(8 * bytes, 2), at: 72)
    for (index, extent) in [1, 0.5, 0.75, 2].enumerated() { put(Float(extent), at: 76 + 4 * index) }
    put(352, at: 108)
    put(slope, at: 112)
    header[123] = 2
    // An affine of its own.
    put(little(2, 2), at: 254)
    let affine: [Float] = [0.5, 0, 0, -10, 0, 0.75, 0.1, 20, 0, 0, 2, 30]
    for (index, number) in affine.enumerated() { put(number, at: 280 + 4 * index) }
    put(Array("n+1".utf8), at: 344)
    return header + values
  }

  static func nrrd(_ encoding: String, _ more: String = "") -> String {
    "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 6 4 5\nencoding: \(encoding)\n\(more)\n"
  }

  static func meta(_ file: String) -> String {
    "ObjectType = Image\nNDims = 3\nDimSize = 6 4 5\nElementType = MET_UCHAR\n"
      + "ElementSpacing = 0.5 0.75 2\nElementDataFile = \(file)\n"
  }

  static func mrc(_ values: [UInt8], mode: Int) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 1024)
    let fields = [(0, 6), (4, 4), (8, 5), (12, mode), (28, 6), (32, 4), (36, 5)]
    for (offset, value) in fields {
      header.replaceSubrange(offset..<offset + 4, with: little(value, 4))
    }
    for (offset, extent) in [(40, Float(3)), (44, 4), (48, 10)] {
      header.replaceSubrange(offset..<offset + 4, with: little(Int(extent.bitPattern), 4))
    }
    header.replaceSubrange(208..<214, with: Array("MAP DD".utf8))
    return header + values
  }

  /// Version 2, in chunks of two slices of 4 × 5.
  private static func zarr(
    _ folder: String, _ name: String, _ values: [UInt8], compressor: String? = nil,
    _ encode: ([UInt8]) throws -> [UInt8]
  ) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    let codec = compressor.map { "{\"id\": \"\($0)\", \"level\": 5}" } ?? "null"
    let description = """
      {"zarr_format": 2, "shape": [5, 4, 6], "chunks": [2, 4, 5], "dtype": "|u1", "order": "C",
       "compressor": \(codec), "fill_value": 0, "filters": null}
      """
    try write(folder, "\(name)/.zarray", Array(description.utf8))
    for (z, x) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)] {
      let chunk = chunk(values, from: (2 * z, 5 * x))
      try write(folder, "\(name)/\(z).0.\(x)", try encode(chunk))
    }
  }

  private static func zarr3(_ folder: String, _ name: String, _ values: [UInt8]) throws {
    let description = """
      {"zarr_format": 3, "node_type": "array", "shape": [5, 4, 6], "data_type": "uint8",
       "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 4, 5]}},
       "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
       "codecs": [{"name": "bytes"}], "fill_value": 0}
      """
    for (z, x) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)/c/\(z)/0", withIntermediateDirectories: true)
      try write(folder, "\(name)/c/\(z)/0/\(x)", chunk(values, from: (2 * z, 5 * x)))
    }
    try write(folder, "\(name)/zarr.json", Array(description.utf8))
  }

  private static func chunk(_ values: [UInt8], from start: (z: Int, x: Int)) -> [UInt8] {
    (0..<2).flatMap { z in
      (0..<4).flatMap { y in
        (0..<5).map { x -> UInt8 in
          let (z, x) = (start.z + z, start.x + x)
          return z < 5 && x < 6 ? values[(z * 4 + y) * 6 + x] : 0
        }
      }
    }
  }
}
