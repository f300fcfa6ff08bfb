@testable import Experiments
import Foundation
@testable import Tracking

/// The documents of the repository, as they lie beside the sources.
struct Document {
  /// Below the repository's folder.
  let path: String
  let text: String

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  /// Every guide, with the documents of the repository's own folder.
  static func all() throws -> [Document] {
    let folder = root.appending(path: "Documentation").path
    let guides = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".md") }
    let own = [
      "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "results/README.md",
    ]
    return try (own + guides.map { "Documentation/\($0)" }).map(Document.init)
  }

  /// The code blocks of a language.
  func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().map { part in
      part.components(separatedBy: "```")[0]
    }
  }
}
