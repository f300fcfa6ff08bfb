import Testing

@testable import Tracking

struct MarkdownTableTests {
  @Test("the best objective is bold, and notes are a list")
  func runs() {
    #expect(
      SampleTables.runs.formatted(as: .markdown) == #"""
        | trial | id | losses | solver.base_lr | mean IoU | mean Dice | validation loss | best epoch | epochs | time | status |
        | ---: | :--- | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | :--- |
        | 2 | 22222222 | cross_entropy + dice | 1e-3 | **0.7500** | 0.8500 | 0.7500 | 1 | 1 | 32 s | failed |
        | 1 | 11111111 | cross_entropy | 1e-2 | 0.5000 | 0.6000 | 1.0000 | 2 | 2 | 1 min 4 s | finished |
        | 12 | cccccccc | a,"b"\|c | 1e-3 |  |  |  |  |  |  | waiting |

        - values are those of each run's best evaluation, the first with the highest validation.mean_iou, chosen on the validation data itself
        - cells/2 failed: the loss is not finite

        """#)
  }

  @Test("values over seeds have their deviation")
  func seeds() {
    #expect(
      SampleTables.seeds.formatted(as: .markdown) == """
        | trials | losses | mean IoU | mean Dice | validation loss | seeds | best epoch | epochs | time | status |
        | ---: | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | :--- |
        | 1, 2 | dice | **0.625 ± 0.177 (n 2)** | 0.725 ± 0.177 (n 2) | 0.875 ± 0.177 (n 2) | 2 | 1–2 | 1–2 | 48 s | finished |
        | 3 | lovasz | 0.1250 (n 1) | 0.2250 (n 1) | 1.3750 (n 1) | 1 | 1 | 1 | 32 s | finished |

        - values are those of each run's best evaluation, the first with the highest validation.mean_iou, chosen on the validation data itself; ± is the sample standard deviation over the n seeds that finished

        """)
  }

  @Test("nothing in a cell can end it, break its row or style it")
  func escaping() {
    let table = ComparisonTable(
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
