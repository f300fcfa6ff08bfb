import Testing

@testable import Tracking

struct MarkdownTableTests {
  @Test("the best objective is bold, notes are a numbered list, and the stamp is a comment")
  func runs() {
    var table = SampleTables.runs
    table.stamp = .init(query: "compare --each cells", store: "12ab", program: "experiments 1")
    let lines = table.formatted(as: .markdown).split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("| # | trial | id | losses | base_lr | mean IoU | mean Dice |"))
    #expect(lines[1].hasPrefix("| ---: | ---: | :--- | :--- | ---: | ---: |"))
    #expect(
      lines[2].hasPrefix("| 1 | 2 | 22222222 | cross_entropy + dice | 1e-3 | **0.7500** | 0.8500 |")
    )
    #expect(lines[4].hasPrefix(#"| 3 | 12 | cccccccc | a,"b"\|c | 1e-3 | … |"#))
    #expect(lines.contains { $0.hasPrefix("- note 1: values are those of each run's best") })
    #expect(lines.last == "<!-- compare - -each cells · store 12ab · experiments 1 -->")
  }

  @Test("nothing in a cell can end it, break its row or style it")
  func escaping() {
    let table = Comparison(
      columns: [.init(name: "a|b", kind: .hyperparameter, alignment: .left)],
      rows: [.init(cells: [.text("*x*\n`y` <b>")])])
    #expect(
      table.formatted(as: .markdown) == #"""
        | a\|b |
        | :--- |
        | \*x\* \`y\` \<b> |

        """#)
  }
}
