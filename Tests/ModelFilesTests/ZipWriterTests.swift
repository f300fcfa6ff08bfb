import Foundation
@testable import ModelFiles
import Testing
@testable import WeightFiles

@Suite struct ZipWriterTests {
  @Test("the checksum is that of zip and PNG")
  func checksum() {
    #expect(CRC32.checksum(of: Data("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum(of: Data()) == 0)
  }

  @Test("this program's reader finds the files again, where they lie")
  func reading() throws {
    let files = [("a.txt", Data("first".utf8)), ("größer.bin", Data()), ("b", Data([0, 255]))]
    let archive = try ZipWriter.data(of: files)
    let read = try ZipArchive(FileContents(Array(archive)))
    #expect(read.names == files.map(\.0))
    for (name, data) in files {
      let place = try #require(read.entries[name])
      #expect(archive[place] == data)
    }
    #expect(try ZipWriter.data(of: files) == archive)
  }
}
