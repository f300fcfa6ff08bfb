@testable import Experiments
import Foundation
import Testing

@Suite("The JSON Schema of specs")
struct SpecSchemaTests {
  private static let modeline =
    "# yaml-language-server: $schema=../Documentation/spec.schema.json\n"

  /// The specs that the program ships, by their paths.
  private static func shippedSpecs() throws -> [String] {
    try ["experiments", "Benchmarks"].flatMap { folder in
      let path = Document.root.appending(path: folder).path
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        .filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
    }
  }

  private static func accepts(_ text: String) throws -> Bool {
    let node = try YAMLParser.parse(
      SourceText(name: "spec.yaml", text: text), allowsReplacements: true)
    return SchemaEvaluator(SpecSchema.document).accepts(CanonicalJSON(node))
  }

  @Test("the committed schema is what the declarations say")
  func current() throws {
    let isCurrent = try Document("Documentation/spec.schema.json").text == SpecSchema.text
    #expect(isCurrent, "run `make reference` and commit the file")
  }

  @Test("every shipped spec is accepted and names the schema", arguments: try shippedSpecs())
  func shipped(path: String) throws {
    let text = try Document(path).text
    #expect(text.hasPrefix(Self.modeline))
    #expect(try Self.accepts(text))
  }

  @Test("every piece of a spec in the guides is accepted beside what it builds on")
  func guides() throws {
    for piece in try Document("Documentation/Write-a-spec.md").blocks("yaml") {
      #expect(try Self.accepts("base: frame.yaml\n" + piece.replacing(/(?m)^base:.*$/, with: "")))
    }
  }

  @Test("of the specs that are wrong, all are refused whose mistake one value shows")
  func refused() throws {
    let specs = try BrokenSpec.all()
    let refused = try specs.filter { try !Self.accepts($0.text) }
    #expect(refused.count >= 130, "\(refused.count) of \(specs.count)")
  }

  @Test(
    "what a base file or a sweep may say need not be written",
    arguments: ["base: a.yaml", "sweep: {seeds: 2}"])
  func parts(line: String) throws {
    let part = "experiment: a\nsolver: {type: SGD}\n"
    #expect(try !Self.accepts(part))
    #expect(try Self.accepts(part + line))
    #expect(try !Self.accepts("solver: {typ: SGD}\n" + line))
  }
}
