@testable import Experiments
@testable import Groundwork
import Testing

@Suite("The reference of the spec")
struct SpecReferenceTests {
  @Test("the committed reference is what the declarations say")
  func current() throws {
    let committed = try Document("Documentation/Spec-reference.md").text
    let lines = (
      committed.split(separator: "\n", omittingEmptySubsequences: false),
      SpecReference.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let difference = zip(lines.0, lines.1).first { $0 != $1 }
    let isCurrent = committed == SpecReference.markdown
    #expect(
      isCurrent,
      """
      run `make reference` and commit the file; the first difference is \
      '\(difference?.0 ?? "its length")' in place of '\(difference?.1 ?? "another")'
      """)
  }

  @Test("every component of every kind has its heading, its fields and its example")
  func complete() {
    let markdown = SpecReference.markdown
    for kind in ComponentKind.all {
      for component in ComponentDescription.list(nil, of: [kind]) {
        #expect(markdown.contains("\n### `\(component.name)`\n\n\(component.about)"))
        for field in component.fields { #expect(markdown.contains("\n| `\(field.name)` |")) }
        #expect(markdown.contains("```yaml\n\(component.example)\n```"))
      }
    }
  }

  @Test("every row of a table has four cells")
  func tables() {
    for line in SpecReference.markdown.split(separator: "\n") where line.hasPrefix("|") {
      #expect(line.replacing("\\|", with: "").filter { $0 == "|" }.count == 5, "\(line)")
    }
  }
}
