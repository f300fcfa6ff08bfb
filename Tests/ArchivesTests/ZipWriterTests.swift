@testable import Archives
import Foundation
import Testing

@Suite struct ZipWriterTests {
  private static let files = [
    ("a.txt", Data("first".utf8)), ("größer.bin", Data()), ("b/c", Data([0, 255])),
  ]

  @Test("the checksum is that of zip and PNG")
  func checksum() {
    #expect(CRC32.checksum(of: Data("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum(of: Data()) == 0)
  }

  private func expectFiles(in archive: Data) throws {
    let read = try archive.withUnsafeBytes { try ZipArchive($0) }
    #expect(read.names == Self.files.map(\.0))
    for (name, data) in Self.files {
      let place = try #require(read.entries[name])
      #expect(archive[place] == data)
      #expect(read.checksums[name] == CRC32.checksum(of: data))
    }
  }

  @Test("the reader finds the files again, where they lie, and equal files are equal bytes")
  func reading() throws {
    let archive = ZipWriter.data(of: Self.files)
    try expectFiles(in: archive)
    #expect(ZipWriter.data(of: Self.files) == archive)
  }

  @Test(
    "what four bytes do not say stands in the extensions, sizes and places alike", arguments: 1...60
  )
  func large(limit: Int) throws {
    var archive = Data()
    var writer = ZipWriter(limit: limit) { archive.append($0) }
    for (name, data) in Self.files { try writer.add(name, data) }
    try writer.finish()
    try expectFiles(in: archive)
  }

  @Test("an archive that ends early is refused, wherever it ends")
  func truncated() {
    let archive = ZipWriter.data(of: Self.files)
    for count in 0..<archive.count {
      #expect(throws: ZipRefusal.self, "\(count) bytes") {
        try archive.prefix(count).withUnsafeBytes { try ZipArchive($0) }
      }
    }
  }

  @Test("entries of one name, and entries that share bytes, are refused")
  func overlapping() throws {
    let twice = ZipWriter.data(of: [("a", Data([1])), ("a", Data([2]))])
    #expect(throws: ZipRefusal("two entries of the archive are called 'a'")) {
      try twice.withUnsafeBytes { try ZipArchive($0) }
    }
    // Of the second entry the directory says that it begins where the first one does.
    var shared = ZipWriter.data(of: [("a", Data([1])), ("b", Data([2]))])
    let name = try #require(shared.lastIndex(of: UInt8(ascii: "b")))
    shared.replaceSubrange((name - 4)..<name, with: [0, 0, 0, 0])
    #expect(throws: ZipRefusal("'a' and 'b' share bytes of the archive")) {
      try shared.withUnsafeBytes { try ZipArchive($0) }
    }
  }
}
