@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing
@testable import Tracking

@Suite("Marks")
struct MarkTests {
  private func mark(_ text: String, column: Int, length: Int) -> Mark {
    Mark(SourceText(name: "a.yaml", text: text), line: 1, column: column, length: length)
  }

  @Test("an excerpt has its carets under the marked part and the note behind them")
  func excerpt() {
    #expect(
      mark("a: {b: 1}", column: 5, length: 1).excerpt(note: "note") == """
            1 | a: {b: 1}
              |     ^ note
        """)
  }

  @Test("a mark that is longer than its line ends with the line")
  func lineEnd() {
    #expect(
      mark("a: [  ", column: 4, length: .max).excerpt(note: nil) == """
            1 | a: [  
              |    ^
        """)
    #expect(
      mark("a:", column: 3, length: .max).excerpt(note: nil) == """
            1 | a:
              |   ^
        """)
  }

  @Test("a tab takes one column and no character can steer a terminal")
  func unprintable() {
    #expect(
      mark("a:\t\u{1B}[1m", column: 4, length: 4).excerpt(note: nil) == """
            1 | a: \u{FFFD}[1m
              |    ^^^^
        """)
  }

  @Test("of a long line, what is around the mark is shown")
  func longLine() throws {
    let line = String(repeating: "x", count: 500) + "HERE" + String(repeating: "y", count: 500)
    let excerpt = try #require(mark(line, column: 501, length: 4).excerpt(note: nil))
    let lines = excerpt.split(separator: "\n").map(String.init)
    let position = try #require(lines[0].range(of: "HERE")?.lowerBound)
    let carets = try #require(lines[1].range(of: "^^^^")?.lowerBound)
    #expect(
      lines[0].distance(from: lines[0].startIndex, to: position)
        == lines[1].distance(from: lines[1].startIndex, to: carets))
    #expect(lines[0].count < 140)
  }

  @Test("problems of files come first, then by line and column, then options in their order")
  func order() {
    let file = SourceText(name: "a.yaml", text: "")
    let options = (0..<2).map { SourceText(name: "o\($0)", kind: .option(index: $0), text: "") }
    let ordered = [
      Mark(whole: file), Mark(file, line: 1, column: 9), Mark(file, line: 2, column: 1),
      Mark(file, line: 2, column: 5), Mark(options[0], line: 1, column: 7),
      Mark(options[1], line: 1, column: 2),
    ]
    #expect(ordered.reversed().sorted(by: Mark.isBefore) == ordered)
  }
}
