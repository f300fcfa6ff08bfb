import ArgumentParser
@testable import Experiments
import Foundation
import Testing

@Suite struct ImportFormatsTests {
  private static let typed: [ImportOption: [String]] = [
    .name: ["--as", "mine"], .series: ["--series", "a=b"], .maximize: ["--maximize", "a"],
    .minimize: ["--minimize", "a"],
  ]

  @Test("every format takes the options that mean something to it, and refuses every other")
  func options() throws {
    for format in ImportFormats.all {
      for option in ImportOption.allCases {
        let words = try #require(Self.typed[option])
        let parse = { try ImportSourceCommand.parse(["a", "--from", format.name] + words) }
        if format.options.contains(option) {
          #expect(throws: Never.self, "\(format.name) \(option.rawValue)") { _ = try parse() }
        } else {
          #expect(throws: (any Error).self, "\(format.name) \(option.rawValue)") { _ = try parse() }
        }
      }
    }
  }

  @Test("formats have names of their own, and none takes a file of text for its own")
  func names() throws {
    #expect(Set(ImportFormats.all.map(\.name)).count == ImportFormats.all.count)
    let path = NSTemporaryDirectory() + "import-\(UUID().uuidString).txt"
    try Data("a text\n".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    for format in ImportFormats.all { #expect(!format.recognizes(path), "\(format.name)") }
    let error = #expect(throws: Failure.self) { _ = try ImportFormats.recognized(path) }
    #expect(error?.message?.contains("--from") == true)
    for line in ImportFormats.list.split(separator: "\n") { #expect(line.count <= 80) }
  }
}
