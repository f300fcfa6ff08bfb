import Foundation
import Testing

@testable import Tracking

@Suite("Migration of records")
struct RecordMigrationsTests {
  private struct Present: Codable, Equatable {
    var name: String
    var count: UInt64
    var rate: Double
  }

  /// `title` became `name`; later a text became a number. The rate has been what it is.
  private static let migrations = RecordMigrations(
    steps: [
      .init(version: 1) { object, _ in object["name"] = object.removeValue(forKey: "title") },
      .init(version: 2) { object, type in
        guard type == Present.self, let text = object["count"] as? String else {
          throw StoreError.damaged(path: "", reason: "no count")
        }
        object["count"] = UInt64(text)
      },
    ], present: 3)

  /// A file of an older version, with the digest that it carries.
  private func file(version: Int, _ content: String) -> Data {
    let zeros = String(repeating: "0", count: 64)
    let text = """
      {
        \(content),
        "file_sha256" : "\(zeros)",
        "program" : "7.8.9",
        "version" : \(version)
      }

      """
    let digest = RecordJSON.digests(in: Data(text.utf8))?.computed ?? ""
    return Data(text.replacingOccurrences(of: zeros, with: digest).utf8)
  }

  private func read(_ bytes: Data) throws -> Present {
    try RecordJSON.decode(Present.self, bytes, path: "x.json", migrations: Self.migrations)
  }

  @Test("each version is read through all the steps behind it, every digit of its numbers kept")
  func chain() throws {
    let expected = Present(name: "é", count: .max - 1, rate: 0.1 + 0.2)
    let rate = #""rate" : 0.30000000000000004"#
    let oldest = file(version: 1, #""title" : "é", "count" : "18446744073709551614", "# + rate)
    let older = file(version: 2, #""name" : "é", "count" : "18446744073709551614", "# + rate)
    #expect(try read(oldest) == expected)
    #expect(try read(older) == expected)
    #expect(try read(RecordJSON.encode(expected)) == expected)
  }

  @Test("an older file that is damaged is damaged, and not migrated")
  func damaged() throws {
    var bytes = file(version: 1, #""title" : "a", "count" : "1", "rate" : 1"#)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "a")))
    bytes[place] = UInt8(ascii: "b")
    #expect(
      throws: StoreError.damaged(
        path: "x.json", reason: "its SHA-256 is not the one that it carries")
    ) { try read(bytes) }
  }

  @Test("what no step reads is refused: older ones, and those that a step can make nothing of")
  func refused() {
    let old = file(version: 0, #""title" : "a""#)
    #expect(
      throws: StoreError.damaged(
        path: "x.json", reason: "it has version 0, this program reads version 1 to 3")
    ) { try read(old) }
    let empty = file(version: 2, #""name" : "a""#)
    #expect(throws: StoreError.self) { try read(empty) }
  }

  @Test("a newer one is refused, with the program that wrote it")
  func newer() throws {
    let error = #expect(throws: StoreError.self) {
      try read(file(version: 4, #""anything" : 1"#))
    }
    #expect(error == .newer(path: "x.json", version: 4, program: "7.8.9"))
    #expect(error?.description.contains("experiments 7.8.9") == true)
  }

  @Test("a run of a later version is not read, not repaired, and nobody else's trouble")
  func newerRun() throws {
    let sample = try VerifiedStore()
    let path = sample.path + "/state.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacingOccurrences(of: "\"version\" : 3", with: "\"version\" : 4")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let found = try sample.verify()
    #expect(found.findings.contains { $0.isNewer && $0.file == "state.json" })
    #expect(RunRepair(found, in: sample.store) == nil)
    #expect(try sample.verify(VerifiedStore.other).isSound)
  }
}
