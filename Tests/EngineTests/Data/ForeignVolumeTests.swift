import Foundation
import Testing

@testable import Engine

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

  private func picture(
    _ dataset: String, _ index: Int?, in file: String = "stored",
    range: ClosedRange<Double>? = nil
  ) throws -> (pixels: [UInt8], size: Size, channels: Int, digest: [UInt8]) {
    var reader = VolumeReader()
    var raster = Raster()
    let digest = try reader.read(
      slice(dataset, index, in: file),
      range: range.map { .init(lower: $0.lowerBound, upper: $0.upperBound) }, into: &raster)
    return (
      raster.pixels, raster.size, raster.channels, withUnsafeBytes(of: digest) { Array($0) }
    )
  }

  private func complaint(
    _ dataset: String, _ index: Int? = 0, in file: String = "stored"
  ) -> String {
    do {
      _ = try picture(dataset, index, in: file, range: 0...1)
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
      let read = try picture(dataset, index, in: file)
      #expect(read.pixels.map(Int.init) == Self.values(index))
      #expect(read.size == Size(height: 4, width: 5) && read.channels == 1)
      #expect(try read.digest == picture("contiguous", index).digest)
    }
  }

  @Test func `slices that were never written have the value that stands for them`() throws {
    #expect(try picture("sparse", 0).pixels == Array(repeating: 9, count: 20))
    #expect(try picture("sparse", 1).pixels.map(Int.init) == Self.values(1))
  }

  @Test(
    "numbers of either order of bytes become what data.range says of them",
    arguments: [
      ("shuffled", nil), ("big_words", nil), ("integers", -1000.0...28700), ("wide", 0...99e6),
      ("big_integers", -1000...28700), ("big_reals", 0...12.375), ("doubles", 0...12.375),
      ("halves", 0...12.375),
    ] as [(String, ClosedRange<Double>?)])
  func numbers(dataset: String, range: ClosedRange<Double>?) throws {
    for index in 0..<Self.slices {
      let expected = Self.values(index).map { value in
        // Without a range 16 bits are rounded to 8.
        range == nil ? value : Int(Double(value) / 99 * 255 + 0.5)
      }
      #expect(try picture(dataset, index, range: range).pixels.map(Int.init) == expected)
    }
  }

  @Test func `the order of bytes changes no digest`() throws {
    let (one, other) = (
      try picture("integers", 2, range: 0...1), try picture("big_integers", 2, range: 0...1)
    )
    #expect(one.digest == other.digest)
  }

  @Test func `what is not a number is black, and infinity is an end of the range`() throws {
    let pixels = try picture("holes", 0, range: 0...12.375).pixels
    #expect(pixels.prefix(4) == [0, 255, 0, UInt8(3.0 / 99 * 255 + 0.5)])
  }

  @Test func `the fourth axis is of colours`() throws {
    let read = try picture("colours", 2)
    #expect(read.channels == 3 && read.size == Size(height: 4, width: 5))
    #expect(read.pixels.map(Int.init) == Self.values(2).flatMap { [$0, $0 + 100, 255 - $0] })
  }

  @Test func `masks are read whatever their integers are`() throws {
    var reader = VolumeReader()
    var mask = Mask()
    for index in 0..<Self.slices {
      _ = try reader.read(slice("mask", index, in: "stored"), into: &mask)
      #expect(mask.ids.map(Int.init) == Self.values(index).map { $0 % 3 })
      _ = try reader.read(slice("yes_or_no", index, in: "stored"), into: &mask)
      #expect(mask.ids.map(Int.init) == Self.values(index).map { 1 - $0 % 2 })
    }
  }

  @Test(
    "what cannot be read is refused with its reason",
    arguments: [
      ("stored", "pairs", "is 5×4×5×2: with [INDEX] it must be slices × height × width"),
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
      #expect(try picture(dataset, index, in: "damaged").pixels.map(Int.init) == Self.values(index))
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
