@testable import Execution
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

@Suite("The documents")
struct DocumentationTests {
  /// A spec that every section of the guides fits into.
  private static let frame = """
    experiment: guide
    data: {train: train.txt, validation: val.txt, classes: [sky, road, car, pole], size: [480, 480]}
    template: unet
    losses: dice
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 60}
    """

  @Test("the README can be read in a few minutes")
  func length() throws {
    let words = try Document("README.md").text.split(whereSeparator: \.isWhitespace)
    #expect(words.count <= 1200)
  }

  @Test("every link leads to a file")
  func links() throws {
    for document in try Document.all() {
      let folder = Document.root.appending(path: document.path).deletingLastPathComponent()
      for match in document.text.matches(of: /\]\(([^)#]+\.md)[^)]*\)/) {
        let target = folder.appending(path: String(match.1)).path
        #expect(FileManager.default.fileExists(atPath: target), "\(document.path): \(match.1)")
      }
    }
  }

  @Test(
    "every piece of a spec in a guide is accepted",
    arguments: ["README.md", "Documentation/Write-a-spec.md", "Documentation/Use-your-own-data.md"])
  func specs(path: String) throws {
    let pieces = try Document(path).blocks("yaml")
    #expect(!pieces.isEmpty)
    for piece in pieces {
      let spec = Self.inFrame(
        piece.replacing("classes: classes.txt", with: "classes: [sky, car]")
          // The files that a piece builds on are not there: the frame stands in for them.
          .replacing(/(?m)^base:.*$/, with: "").replacing("!replace ", with: ""))
      let source = SourceText(name: path, text: spec)
      #expect(throws: Never.self, "\(spec)") {
        _ = try ExperimentSpec.load(source, folder: "/", overrides: [], catalog: .standard).plan()
      }
    }
  }

  /// The frame without the sections that the piece has, and the piece.
  private static func inFrame(_ piece: String) -> String {
    let sections = piece.split(separator: "\n").filter { $0.first?.isLetter == true }
      .map { $0.prefix { $0 != ":" } }
    let kept = frame.split(separator: "\n").filter { line in
      !sections.contains(line.prefix { $0 != ":" })
    }
    return (kept + [piece[...]]).joined(separator: "\n")
  }

  @Test("what people wrote uses the field's words", arguments: try written())
  func words(path: String) throws {
    let own =
      /\b(rounds?|figures?|mixtures?|slots?|labelling|meters?|pictures?|steepness)\b/
      .ignoresCase()
    // `Figure` is the type that charts make.
    let text = try Document(path).text.replacing("`Figure`", with: "")
    #expect(text.matches(of: own).map { String($0.0) }.isEmpty)
  }

  /// What the program writes of its declarations.
  private static let made = ["Documentation/Spec-reference.md", "Documentation/Diagnostics.md"]

  private static func written() throws -> [String] {
    try Document.all().map(\.path).filter { !made.contains($0) }
  }
}
