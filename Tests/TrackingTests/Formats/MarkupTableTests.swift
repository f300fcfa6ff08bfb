import Foundation
import Testing

@testable import Tracking

@Suite("Tables for papers and pages")
struct MarkupTableTests {
  private var table: Comparison {
    var table = SampleTables.several
    table.stamp = .init(query: "compare cells", store: "12ab", program: "experiments 1")
    return table
  }

  @Test("LaTeX has the rules of booktabs, no vertical ones, and plus and minus in formulas")
  func latex() {
    let text = table.formatted(as: .latex)
    for part in [
      "\\toprule", "\\midrule", "\\bottomrule", "\\cmidrule(lr)", "0.60 $\\pm$ 0.10",
      "n from 2 to 3",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(text.contains("% compare cells"))
    #expect(!text.contains("|") && !text.contains("±"))
    #expect(text.contains("\\textbf{0.60 $\\pm$ 0.10}"))
  }

  @Test("with siunitx value and error have columns of their own")
  func siunitx() {
    let text = table.formatted(as: LatexTable(usesSIUnitx: true))
    #expect(text.contains("S[table-format=1.2]@{\\,$\\pm$\\,}S[table-format=1.2]"))
    #expect(text.contains("\\bfseries 0.60 & \\bfseries 0.10"))
    let columns = text.split(separator: "\n").filter { $0.hasSuffix("\\\\") && $0.contains(" & ") }
      .dropFirst()
    let counts = Set(columns.dropFirst().map { $0.split(separator: "&").count })
    #expect(counts.count == 1, "\(columns)")
  }

  @Test("every sign that LaTeX takes for a command is escaped")
  func escaping() {
    let table = Comparison(
      columns: [.init(name: "a_b", kind: .hyperparameter, alignment: .left)],
      rows: [.init(cells: [.text("& % $ # _ { } ~ ^ \\")])])
    #expect(
      table.formatted(as: .latex).contains(
        ##"\& \% \$ \# \_ \{ \} \textasciitilde{} \textasciicircum{} \textbackslash{} \\"##))
  }

  @Test("HTML is well formed, and nothing in a text is markup")
  func html() throws {
    var table = table
    table.rows[0].cells[0] = .text("<script>alert('x')</script> & \"y\"")
    table.notes.append("<b>")
    let text = table.formatted(as: .html)
    #expect(!text.contains("<script") && !text.contains("<b>"))
    #expect(text.contains("data-runs=\"\(table.rows[0].runs.map(\.id).joined(separator: " "))\""))
    #expect(text.contains("<th scope=\"row\""))
    for tag in ["table", "thead", "tbody", "tr", "td", "th", "ol", "li", "p", "strong"] {
      let opened =
        text.components(separatedBy: "<\(tag)>").count
        + text.components(separatedBy: "<\(tag) ").count
      #expect(opened - 1 == text.components(separatedBy: "</\(tag)>").count, "\(tag)")
    }
  }
}
