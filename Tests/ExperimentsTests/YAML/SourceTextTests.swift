@testable import Datasets
@testable import Experiments
import Foundation
import Testing

@Suite("Source texts")
struct SourceTextTests {
  private func refusal(_ bytes: [UInt8]) -> String {
    do throws(YAMLError) {
      _ = try SourceText.decoding(bytes, name: "a.yaml")
      return ""
    } catch {
      return "\(error.mark.place): \(error.message)"
    }
  }

  @Test("a byte order mark is no part of the text, but of what was written")
  func byteOrderMark() throws {
    let source = try SourceText.decoding([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), name: "a.yaml")
    #expect(source.text == "a: 1")
    #expect(Array(source.written.utf8) == [0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))
  }

  @Test("bytes that are not UTF-8 are refused at their place")
  func invalid() {
    #expect(refusal(Array("a: 1\nb: x".utf8) + [0xFF]) == "a.yaml:2:5: this is not UTF-8")
    #expect(refusal([0xFF, 0xFE, 0x61, 0x00]) == "a.yaml:1:1: this is not UTF-8")
    #expect(refusal([0x61, 0xED, 0xA0, 0x80]) == "a.yaml:1:2: this is not UTF-8")
  }

  @Test("lines end as libyaml ends them")
  func lines() {
    let source = SourceText(name: "a.yaml", text: "a\r\nb\rc\nd\u{85}e\u{2028}f")
    #expect((1...7).map(source.line) == ["a", "b", "c", "d", "e", "f", ""])
  }

  @Test("what is no file says so")
  func files() {
    func refusal(_ path: String) -> String {
      do throws(YAMLError) {
        _ = try SourceText.file(path)
        return ""
      } catch {
        return "\(error.mark.place): \(error.message)"
      }
    }
    #expect(refusal("/nowhere/a.yaml") == "/nowhere/a.yaml: no such file")
    #expect(refusal("/dev/null") == "/dev/null: this is not a file")
    let folder = FileManager.default.temporaryDirectory.path
    #expect(refusal(folder) == "\(folder): this is a folder")
  }
}
