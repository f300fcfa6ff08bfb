import Foundation
import Testing

@testable import Tracking

@Suite("Atomic files")
struct AtomicFileTests {
  private let folder: TemporaryFolder
  private let files = AtomicFile(operations: SystemFiles())
  private var path: String { folder.path + "/file" }

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }

  @Test("a file is replaced whole and nothing stays beside it")
  func replace() throws {
    for bytes in [Data(), Data("long text".utf8), Data("x".utf8)] {
      try files.replace(path, with: bytes)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
      #expect(try names() == ["file"])
    }
  }

  @Test("only the first of many makes a file")
  func createOnce() async throws {
    let (files, path) = (files, path)
    let made = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<16 {
        group.addTask { try files.createOnce(path, Data("\(number)".utf8)) }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(made == 1)
    #expect(try names() == ["file"])
  }

  @Test("half-written files are removed, what others called alike stays")
  func partialFiles() throws {
    let operations = InterruptedFiles()
    operations.stop(after: 0)
    #expect(throws: StoreError.self) {
      try AtomicFile(operations: operations).replace(path, with: Data("half".utf8))
    }
    let partial = try names()
    #expect(partial.count == 1)
    for name in [".mine.partial", "notes.partial", "notes.txt"] {
      try Data().write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
    }
    for name in try names() where AtomicFile.isPartial(name) {
      try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    }
    #expect(try names().sorted() == [".mine.partial", "notes.partial", "notes.txt"])
  }

  @Test("a file that cannot be written is an error with its path, and what was there stays")
  func failure() throws {
    try files.replace(path, with: Data("before".utf8))
    let operations = InterruptedFiles()
    operations.stop(after: 0)
    #expect(throws: StoreError.self) {
      try AtomicFile(operations: operations).replace(path, with: Data("after".utf8))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("before".utf8))
    #expect(throws: StoreError.self) { try files.replace(folder.path + "/no/file", with: Data()) }
  }
}
