@testable import Datasets
import Foundation
import Testing

@Suite struct FileStampsTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("stamps-\(UUID().uuidString)")

  private func write(_ text: String, _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func slice(_ name: String) -> ListedFile {
    let path = FilePath(folder.appendingPathComponent(name).path)
    return ListedFile(
      name: name, path: FilePath("\(path)[0]"),
      slice: VolumeSlice(file: path, dataset: "", index: 0))
  }

  private func stamp(_ name: String) -> FileStamp? { FileStamps().stamp(of: slice(name)) }

  @Test("a header beside its values has another stamp once the values changed")
  func header() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("DimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = a.raw\n", "a.mhd")
    #expect(stamp("a.mhd") == nil, "there are no values yet")
    try write("12345678", "a.raw")
    let first = try #require(stamp("a.mhd"))
    #expect(stamp("a.mhd") == first)
    try write("1234567", "a.raw")
    #expect(stamp("a.mhd") != first)
    try write(
      "NRRD0004\ntype: uint8\ndimension: 2\nsizes: 2 2\nencoding: raw\ndata file: b.raw\n\n",
      "b.nhdr")
    try write("1234", "b.raw")
    let other = try #require(stamp("b.nhdr"))
    try write("12345", "b.raw")
    #expect(stamp("b.nhdr") != other)
  }

  @Test("a folder of chunks has another stamp once a chunk changed, came or went")
  func chunks() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("{}", "s.zarr/0/.zarray")
    try write("1", "s.zarr/0/0/0")
    let first = try #require(stamp("s.zarr"))
    #expect(stamp("s.zarr") == first)
    try write("1", "s.zarr/0/0/1")
    let more = try #require(stamp("s.zarr"))
    #expect(more != first)
    try write("22", "s.zarr/0/0/1")
    #expect(stamp("s.zarr") != more)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("s.zarr/0/0/1"))
    #expect(stamp("s.zarr") != more)
  }

  @Test("stamps are taken once, and what changed since is told")
  func outdated() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("DimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = a.raw\n", "a.mhd")
    try write("12345678", "a.raw")
    let stamps = FileStamps()
    let first = try #require(stamps.stamp(of: slice("a.mhd")))
    #expect(stamps.outdated.isEmpty)
    try write("123", "a.raw")
    #expect(stamps.stamp(of: slice("a.mhd")) == first)
    #expect(stamps.outdated == [first])
  }
}
