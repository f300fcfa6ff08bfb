@testable import Datasets
import Foundation
@testable import Groundwork
import Mutations
import Testing

/// Changes small volumes of each format at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS` says, and
/// reads them. `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed volumes", .serialized)
struct VolumeFuzzTests {

  /// The entry of a list, and the file that is changed.
  static let samples: [(entry: String, file: String)] = [
    ("v.nii", "v.nii"), ("z.nii.gz", "z.nii.gz"), ("v.nrrd", "v.nrrd"), ("v.nhdr", "v.nhdr"),
    ("v.mha", "v.mha"), ("v.mrc", "v.mrc"), ("v.zarr", "v.zarr/.zarray"),
    ("g.zarr", "g.zarr/1.0.0"),
    ("three.zarr", "three.zarr/zarr.json"), ("zstd.zarr", "zstd.zarr/0.0"),
    ("blosc.zarr", "blosc.zarr/0.0"), ("stack.tif[0:3]", "stack.tif"),
  ]

  @Test(
    "no change makes a reader trap or go in circles",
    .enabled(if: FuzzRun.isWanted), arguments: samples.map(\.file))
  func changes(file: String) throws {
    let entry = try #require(Self.samples.first { $0.file == file }).entry
    try withTemporaryFolder { folder in
      try Self.write(folder)
      let path = URL(fileURLWithPath: "\(folder)/\(file)")
      let sample = [UInt8](try Data(contentsOf: path))
      let slow = try FuzzRun.slowSeeds(file) { seed in
        try Data(Mutation(seed: seed).changed(sample)).write(to: path)
        return Self.isRefused(entry, in: folder)
      }
      #expect(slow.isEmpty)
    }
  }

  /// Reads at most eight slices, as images and as masks.
  private static func isRefused(_ entry: String, in folder: String) -> Bool {
    var reader = VolumeReader()
    var raster = Raster()
    var mask = MaskValues()
    do {
      for file in try ListedFile.files(entry, in: folder).suffix(8).reversed() {
        guard let slice = file.slice else { return true }
        _ = try reader.read(slice, into: &raster)
        _ = try? reader.read(slice, into: &mask, asColours: false)
      }
      return false
    } catch {
      return true
    }
  }

  private static func write(_ folder: String) throws {
    let values: [UInt8] = (0..<120).map { UInt8(2 * $0) }
    for format in HandmadeVolumes.all { try format.write(folder, values) }
    try HandmadeVolumes.write(folder, "v.mrc", HandmadeVolumes.mrc(values, mode: 0))
    let chunks = [
      "zstd": "KLUv/SAwgQEAAAAsAVgChAOwBNwFCAc0CGAJjAq4C+QMEA48D2gQlBHAEuwTGBVEFnAXnBjIGfQa",
      "blosc":
        "AgEzAjAAAAAwAAAAQAAAAAAALAFYAoQDsATcBQgHNAhgCYwKuAvkDBAOPA9oEJQRwBLsExgVRBZwF5wYyBn0Gg==",
    ]
    for (codec, text) in chunks {
      let store = "\(folder)/\(codec).zarr"
      try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
      let description = """
        {"zarr_format": 2, "shape": [4, 6], "chunks": [4, 6], "dtype": "<u2", "order": "C",
         "compressor": {"id": "\(codec)"}, "fill_value": 0, "filters": null}
        """
      try HandmadeVolumes.write(store, ".zarray", Array(description.utf8))
      try HandmadeVolumes.write(store, "0.0", [UInt8](#require(Data(base64Encoded: text))))
    }
    var stack = HandmadeTIFF()
    for page in 0..<3 {
      stack.pages.append(
        HandmadeTIFF.page(width: 6, height: 4, pixels: Array(values[24 * page..<24 * page + 24])))
    }
    try HandmadeVolumes.write(folder, "stack.tif", stack.bytes)
  }
}
