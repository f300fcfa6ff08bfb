@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// HDF5 files that another program wrote; `make_hdf5_fixtures.py` says what is in them.
@Suite struct ForeignVolumeTests {
  private static let (slices, height, width) = (5, 4, 5)

  /// Of one slice.
  private static func values(_ slice: Int) -> [Int] {
    (0..<height * width).map { slice * height * width + $0 }
  }

  private func slice(_ dataset: String, _ index: Int?, in file: String) throws -> VolumeSlice {
    VolumeSlice(
      file: FilePath(try Fixture.url("hdf5/\(file).h5").path), dataset: "/" + dataset, index: index)
  }

  private func image(
    _ dataset: String, _ index: Int?, in file: String = "stored"
  ) throws -> (raster: Raster, digest: [UInt8]) {
    var reader = VolumeReader()
    var raster = Raster()
    let digest = try reader.read(slice(dataset, index, in: file), into: &raster)
    return (raster, withUnsafeBytes(of: digest) { Array($0) })
  }

  private func complaint(
    _ dataset: String, _ index: Int? = 0, in file: String = "stored"
  ) -> String {
    do {
      _ = try image(dataset, index, in: file)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "values are the same however they are stored",
    arguments: [
      ("stored", "contiguous"), ("stored", "chunked"), ("stored", "gzip"), ("stored", "checked"),
      ("stored", "growing"), ("newest", "gzip"), ("newest", "growing"),
    ])
  func storage(file: String, dataset: String) throws {
    for index in 0..<Self.slices {
      let read = try image(dataset, index, in: file)
      #expect(read.raster.pixels.map(Int.init) == Self.values(index))
      #expect(read.raster.size == Size(height: 4, width: 5) && read.raster.channels == 1)
      #expect(try read.digest == image("contiguous", index).digest)
    }
  }

  @Test func `slices that were never written have the value that stands for them`() throws {
    #expect(try image("sparse", 0).raster.pixels == Array(repeating: 9, count: 20))
    #expect(try image("sparse", 1).raster.pixels.map(Int.init) == Self.values(1))
  }

  @Test(
    "numbers of either order of bytes are read as they are",
    arguments: [
      ("shuffled", .bits16, 0...25344), ("big_words", .bits16, 0...25344),
      ("integers", .real, -1000...28700), ("wide", .real, 0...99e6),
      ("big_integers", .real, -1000...28700), ("big_reals", .real, 0...12.375),
      ("doubles", .real, 0...12.375), ("halves", .real, 0...12.375),
    ] as [(String, PixelDepth, ClosedRange<Double>)])
  func numbers(dataset: String, depth: PixelDepth, range: ClosedRange<Double>) throws {
    for index in 0..<Self.slices {
      let raster = try image(dataset, index).raster
      #expect(raster.depth == depth)
      let expected = Self.values(index).map { value in
        range.lowerBound + Double(value) / 99 * (range.upperBound - range.lowerBound)
      }
      let found = depth == .real ? raster.reals.map(Double.init) : raster.words.map { Double($0) }
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) })
    }
  }

  @Test func `the order of bytes changes no digest`() throws {
    let (one, other) = (
      try image("integers", 2), try image("big_integers", 2)
    )
    #expect(one.digest == other.digest)
  }

  @Test func `what is not a number is read as such`() throws {
    let reals = try image("holes", 0).raster.reals
    #expect(reals[0].isNaN && reals[1] == .infinity && reals[2] == -.infinity)
  }

  @Test func `the fourth axis is of colours`() throws {
    let read = try image("colours", 2).raster
    #expect(read.channels == 3 && read.size == Size(height: 4, width: 5))
    #expect(read.pixels.map(Int.init) == Self.values(2).flatMap { [$0, $0 + 100, 255 - $0] })
  }

  @Test func `masks are read whatever their integers are`() throws {
    var reader = VolumeReader()
    var mask = MaskValues()
    func values(_ dataset: String, _ index: Int) throws -> [Int] {
      _ = try reader.read(slice(dataset, index, in: "stored"), into: &mask, asColours: false)
      return (0..<20).map { mask.value(at: $0) }
    }
    for index in 0..<Self.slices {
      #expect(try values("mask", index) == Self.values(index).map { $0 % 3 })
      #expect(try values("yes_or_no", index) == Self.values(index).map { 1 - $0 % 2 })
    }
  }

  @Test(
    "what cannot be read is refused with its reason",
    arguments: [
      ("stored", "series", "is 1×5×4×5×3: with [INDEX] it must be slices × height × width"),
      ("stored", "words", "it holds no numbers"),
      ("foreign", "lzf", "filter"),
      ("foreign", "elsewhere", "it is a link to elsewhere"),
      ("foreign", "virtual", "its values are not in this file"),
    ])
  func refusals(file: String, dataset: String, reason: String) {
    let complaint = complaint(dataset, in: file)
    #expect(complaint.contains(reason), "\(complaint)")
  }

  @Test("a damaged chunk is refused, and those beside it are read", arguments: ["checked", "gzip"])
  func damage(dataset: String) throws {
    let complaint = complaint(dataset, 1, in: "damaged")
    #expect(complaint.contains("cannot read '/\(dataset)'"), "\(complaint)")
    for index in [0, 2, 3, 4] {
      #expect(
        try image(dataset, index, in: "damaged").raster.pixels.map(Int.init) == Self.values(index)
      )
    }
  }

  @Test func `damage is told with the line of the list`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      for file in ["stored", "damaged"] {
        try FileManager.default.copyItem(
          at: Fixture.url("hdf5/\(file).h5"), to: URL(fileURLWithPath: "\(folder)/\(file).h5"))
      }
      try dataset.writeText("train.txt", "damaged.h5:/gzip[0:3] stored.h5:/yes_or_no[0:3]\n")
      try dataset.writeText("val.txt", "stored.h5:/gzip[4] stored.h5:/yes_or_no[4]\n")
      let problems = dataset.problems()
      #expect(problems.count == 1)
      #expect(problems.first?.contains("train.txt:1") == true, "\(problems)")
      #expect(problems.first?.contains("damaged.h5:/gzip[1]") == true, "\(problems)")
    }
  }
}
