import ArgumentParser
@testable import Experiments
import Testing

@Suite struct ExportFormatsTests {
  /// An option as it is typed, with a value where it takes one.
  private static let typed: [ExportOption: [String]] = [
    .checkpoint: ["--checkpoint", "last"], .output: ["--output", "labels"],
    .normalize: ["--normalize"], .values: ["--normalize", "--values", "unit"],
    .size: ["--size", "32", "48"], .fixedSize: ["--fixed-size"], .keepNorms: ["--keep-norms"],
    .names: ["--names", "own"], .image: ["--image", "a.png"],
    .weights: ["--weights"], .url: ["--url", "http://127.0.0.1:5000"],
  ]

  @Test("every format takes the options that mean something to it, and refuses every other")
  func options() throws {
    for format in ExportFormats.all {
      for option in ExportOption.allCases {
        let words = try #require(Self.typed[option])
        let parse = { try ExportCommand.parse(["tiny/1", "--to", format.name] + words) }
        if format.options.contains(option) {
          #expect(throws: Never.self, "\(format.name) \(option.rawValue)") { _ = try parse() }
        } else {
          let error = #expect(throws: (any Error).self) { _ = try parse() }
          let message = error.map { ExportCommand.message(for: $0) } ?? ""
          #expect(message.contains("leave it out") && message.contains(format.name), "\(message)")
        }
      }
    }
  }

  @Test("formats have names and endings of their own")
  func names() {
    let formats = ExportFormats.all
    #expect(Set(formats.map(\.name)).count == formats.count)
    #expect(Set(formats.map(\.ending)).count == formats.count)
    for format in formats { #expect(ExportFormats.named(format.name)?.name == format.name) }
    for line in ExportFormats.list.split(separator: "\n") { #expect(line.count <= 80) }
  }
}
