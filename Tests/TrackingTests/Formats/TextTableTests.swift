import Testing

@testable import Tracking

struct TextTableTests {
  private func quiet(_ table: Comparison) -> Comparison {
    var table = table
    table.notes = []
    table.answer = nil
    table.equalColumns = 0
    table.baseline = nil
    return table
  }

  @Test("columns line up, numbers to the right with their points under each other")
  func seeds() {
    #expect(
      quiet(SampleTables.several).formatted(as: .text) == """
        cells · 3 rows, 8 runs over seeds · by mean IoU
        #  trials  losses     mean IoU  to best (95 % each)   Holm   agree  verdict         rank (95 %)  n    mean Dice  validation loss  flags
        1     1–3  dice    0.60 ± 0.10             —             —       —  —                         1  3  0.70 ± 0.10      0.90 ± 0.10  best, rising
        2     4–6  lovasz  0.40 ± 0.10         −0.20 ±    0      —  3 of 3  not told apart            2  3  0.50 ± 0.10      1.10 ± 0.10  rising
        3    7, 8  focal   0.20                −0.35 ± 0.64  0.090  2 of 2  no statement              —  2  0.30             1.30         rising

        """)
  }

  @Test("no line is wider than the terminal, and no number is cut", arguments: 30...140)
  func widths(width: Int) {
    let text = quiet(SampleTables.several).formatted(as: TextTable(width: width))
    let lines = text.split(separator: "\n")
    for line in lines { #expect(TextWidth.of(String(line)) <= width, "\(line)") }
    // The objective, and what the rows are, are always there.
    for part in ["0.60 ± 0.10", "0.40 ± 0.10", "dice", "lovasz", "focal"] {
      #expect(text.contains(part), "\(part) at \(width):\n\(text)")
    }
    let whole = SampleTables.several.formatted(as: .text)
    for word in text.split(whereSeparator: { " \n;".contains($0) })
    where word.contains(".") && word.first?.isNumber == true {
      #expect(whole.contains(word), "\(word) at \(width)")
    }
  }

  @Test("words become signs first, then headings take two lines, then columns go and are named")
  func stages() {
    func lines(_ width: Int) -> [Substring] {
      var format = TextTable(width: width)
      format.isTransposed = false
      return quiet(SampleTables.several).formatted(as: format).split(separator: "\n")
    }
    #expect(lines(142).contains { $0.contains("not told apart") })
    let signs = lines(130)
    #expect(signs.contains { $0.contains("≈") } && signs.last?.contains("≈ not told apart") == true)
    #expect(!signs.contains { $0.contains("not shown") })
    #expect(lines(90).contains { $0.hasPrefix("not shown for lack of width: ") })
  }

  @Test("few runs that do not fit are columns, and so are rows where it is asked for")
  func transposed() {
    var table = TextTable(width: 60)
    let text = quiet(SampleTables.runs).formatted(as: table)
    #expect(text.contains("\nrow") && text.contains("\nmean IoU  "))
    table = TextTable()
    table.isTransposed = true
    let all = quiet(SampleTables.several).formatted(as: table)
    #expect(all.contains("\nlosses "))
    #expect(all.contains("\nmean IoU          0.60 ± 0.10"))
  }

  @Test("in ASCII nothing else is left")
  func plain() {
    var format = TextTable(width: 100)
    format.isPlain = true
    let text = SampleTables.several.formatted(as: format)
    #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
    #expect(text.contains("0.60 +- 0.10"))
  }

  @Test("only the line of the best row is emphasized")
  func emphasis() {
    let plain = SampleTables.runs.formatted(as: .text).split(separator: "\n")
    let marked = SampleTables.runs.formatted(as: TextTable { "<\($0)>" }).split(separator: "\n")
    #expect(marked[2] == "<\(plain[2])>")
    #expect(marked[..<2] == plain[..<2])
    #expect(marked[3...] == plain[3...])
  }

  @Test("no control character reaches the terminal")
  func controlCharacters() {
    let table = Comparison(
      columns: [.init(name: "losses", kind: .hyperparameter, alignment: .left)],
      rows: [.init(cells: [.text("a\r\nb\u{1B}[2J")])], notes: ["one\ntwo"])
    let text = table.formatted(as: .text)
    #expect(text.contains("a\u{FFFD}\u{FFFD}b\u{FFFD}[2J\n") && text.contains("one\u{FFFD}two\n"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test("a table without rows is its header")
  func empty() {
    let table = Comparison(columns: [.init(name: "trial", kind: .identity)], rows: [])
    #expect(table.formatted(as: .text) == "trial\n")
  }
}
