@testable import Experiments
import Foundation
import Testing

/// A spec that is wrong, as `BrokenSpecs.txt` lists it.
struct BrokenSpec: Sendable, CustomTestStringConvertible {
  let title: String
  let lines: [String]
  /// `line:column code message (remedy)` for each problem.
  let problems: [String]

  var text: String { lines.reduce(SampleSpecs.minimal(), SampleSpecs.replacing) }
  var testDescription: String { title }

  static func all() throws -> [BrokenSpec] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "BrokenSpecs.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.components(separatedBy: "\n## ").dropFirst().map { block in
      let lines = block.split(separator: "\n").map(String.init)
      return BrokenSpec(
        title: lines[0], lines: lines.dropFirst().filter { !$0.hasPrefix("> ") },
        problems: lines.filter { $0.hasPrefix("> ") }.map { String($0.dropFirst(2)) })
    }
  }
}

@Suite("Specs that are wrong")
struct BrokenSpecsTests {
  @Test("there are many of them, each of its own kind")
  func many() throws {
    let specs = try BrokenSpec.all()
    #expect(specs.count >= 120)
    #expect(Set(specs.map(\.title)).count == specs.count)
    #expect(specs.allSatisfy { !$0.problems.isEmpty })
  }

  @Test(
    "each is told its place, its code, what is wrong and what to do",
    arguments: try BrokenSpec.all())
  func problems(spec: BrokenSpec) {
    let source = SourceText(name: "spec.yaml", text: spec.text)
    var found: [String] = []
    do throws(SpecErrors) {
      _ = try ExperimentSpec.load(source, folder: "/specs", catalog: .standard).plan()
    } catch {
      found = error.diagnostics.map { problem in
        problem.mark.place.replacing("spec.yaml:", with: "")
          + " \(problem.code.rawValue) \(problem.message)"
          + (problem.remedy.map { " (\($0))" } ?? "")
      }
    }
    #expect(found == spec.problems)
  }
}
