import Testing

@testable import Tracking

struct TableLayoutTests {
  private func lines(_ table: TableLayout, width: Int?) -> [String] {
    table.text(width: width).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  private var runs: TableLayout {
    var table = TableLayout([
      .init("run"), .init("id", importance: 2, shortens: false),
      .init("solver.base_lr", .right, shortTitle: "base_lr", importance: 3),
      .init("time", .right, importance: 1),
    ])
    table.add(["a-very-long-experiment-name/1", "0123456789abcdef", "1e-3", "1 min 4 s"])
    table.add(["a-very-long-experiment-name/2", "fedcba9876543210", "1e-2", "59 s"])
    table.remedy = "widen it"
    return table
  }

  @Test("without a limit everything is shown whole")
  func unlimited() {
    #expect(
      lines(runs, width: nil) == [
        "run                            id                solver.base_lr       time",
        "a-very-long-experiment-name/1  0123456789abcdef            1e-3  1 min 4 s",
        "a-very-long-experiment-name/2  fedcba9876543210            1e-2       59 s",
      ])
  }

  @Test("headings and long names give way first, then columns, which are named")
  func narrower() {
    #expect(
      lines(runs, width: 68)[0]
        == "run                            id                base_lr       time")
    #expect(
      lines(runs, width: 60)[1] == "a-very-long…ent-name/1  0123456789abcdef     1e-3  1 min 4 s")
    let narrow = lines(runs, width: 40)
    #expect(narrow[1] == "a-very-long-experiment-name/1     1e-3")
    #expect(narrow.suffix(2) == ["not shown for lack of width: id, time;", "widen it"])
  }

  @Test("no line is longer than the terminal, and no number or id is cut", arguments: 12...90)
  func everyWidth(width: Int) {
    let table = lines(runs, width: width)
    #expect(table.prefix(3).allSatisfy { TextWidth.of($0) <= width })
    for word in table.prefix(3).flatMap({ $0.split(separator: " ") }) where word.contains("e-") {
      if !word.contains("v") { #expect(["1e-3", "1e-2"].contains(word)) }
    }
    #expect(!table.prefix(3).joined().contains("0123…"))
  }

  @Test("names that are cut stay different")
  func distinct() {
    var table = TableLayout([.init("loss"), .init("other", importance: 1)])
    table.add(["cross_entropy (weight: 1) + dice", "x"])
    table.add(["cross_entropy (weight: 2) + dice", "x"])
    for width in 10...40 {
      let rows = lines(table, width: width)[1...2]
      if width >= 24 { #expect(Set(rows).count == 2) }
    }
  }

  @Test("what could steer a terminal is made visible, and a line stays a line")
  func steering() {
    var table = TableLayout([.init("class")])
    table.add(["a\u{1B}[31m\nb"])
    #expect(table.text(width: nil) == "class\na\u{FFFD}[31m\u{FFFD}b")
  }

  @Test("a column that is empty everywhere is left out")
  func empty() {
    var table = TableLayout([.init("id"), .init("cause"), .init("note")])
    table.add(["a", "", "x"])
    table.add(["b", "", ""])
    #expect(table.text(width: nil) == "id  note\na   x\nb")
  }
}
