@testable import Experiments
import Foundation
import Testing

@Suite struct ExportedFolderTests {
  private let place = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
  private var path: String { place.appending(path: "there").path }

  init() throws {
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
  }

  private func folder(_ text: String) -> ExportedFolder {
    ExportedFolder(files: [ExportedFile("a.txt", text: text), ExportedFile("b.txt", text: "b")])
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test("the folder has its files, and nothing is left beside it")
  func writing() throws {
    defer { try? FileManager.default.removeItem(at: place) }
    try folder("1").write(to: path, replaces: false)
    #expect(try names(path) == ["a.txt", "b.txt"])
    #expect(try names(place.path) == ["there"])
    try folder("2").write(to: path + "/", replaces: true)
    #expect(try String(contentsOfFile: "\(path)/a.txt", encoding: .utf8) == "2")
    #expect(try names(place.path) == ["there"])
  }

  @Test("a folder with anything else in it is never replaced")
  func others() throws {
    defer { try? FileManager.default.removeItem(at: place) }
    try folder("1").write(to: path, replaces: false)
    #expect(throws: Failure.self) { try folder("2").write(to: path, replaces: false) }
    try Data().write(to: URL(fileURLWithPath: "\(path)/mine.txt"))
    let failure = #expect(throws: Failure.self) { try folder("2").write(to: path, replaces: true) }
    #expect(failure?.message?.contains("other files") == true)
    #expect(try names(path) == ["a.txt", "b.txt", "mine.txt"])
  }

  @Test("a file that is not read as it was written leaves no folder")
  func damage() throws {
    defer { try? FileManager.default.removeItem(at: place) }
    let bad = ExportedFile("c.txt", Data()) { _ in ["it is empty"] }
    let whole = ExportedFolder(files: folder("1").files + [bad])
    let failure = #expect(throws: Failure.self) { try whole.write(to: path, replaces: false) }
    #expect(failure?.message?.contains("it is empty") == true)
    #expect(try names(place.path) == [])
  }

  @Test("a folder that would lie nowhere is told with a remedy")
  func nowhere() {
    defer { try? FileManager.default.removeItem(at: place) }
    let failure = #expect(throws: Failure.self) {
      try folder("1").write(to: "\(path)/deeper/still", replaces: false)
    }
    #expect(failure?.status == .damagedStore && failure?.message?.contains("-o") == true)
  }
}
