import Testing

@testable import Tracking

struct TextTableTests {
  @Test("columns line up, numbers to the right, over a thin line, and notes follow")
  func runs() {
    #expect(
      SampleTables.runs.formatted(as: .text) == """
        trial  id        losses                solver.base_lr  mean IoU  mean Dice  validation loss  best epoch  epochs       time  status
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            2  22222222  cross_entropy + dice            1e-3    0.7500     0.8500           0.7500           1       1       32 s  failed
            1  11111111  cross_entropy                   1e-2    0.5000     0.6000           1.0000           2       2  1 min 4 s  finished
           12  cccccccc  a,"b"|c                         1e-3                                                                       waiting

        values are those of each run's best evaluation, the first with the highest validation.mean_iou, chosen on the validation data itself
        cells/2 failed: the loss is not finite

        """)
  }

  @Test("values over seeds have three decimals and their deviation")
  func seeds() {
    #expect(
      SampleTables.seeds.formatted(as: .text) == """
        trials  losses             mean IoU            mean Dice      validation loss  seeds  best epoch  epochs  time  status
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
          1, 2  dice    0.625 ± 0.177 (n 2)  0.725 ± 0.177 (n 2)  0.875 ± 0.177 (n 2)      2         1–2     1–2  48 s  finished
             3  lovasz         0.1250 (n 1)         0.2250 (n 1)         1.3750 (n 1)      1           1       1  32 s  finished

        values are those of each run's best evaluation, the first with the highest validation.mean_iou, chosen on the validation data itself; ± is the sample standard deviation over the n seeds that finished

        """)
  }

  @Test("in a narrow terminal the least important columns are left out and named")
  func narrow() {
    #expect(
      SampleTables.seeds.formatted(as: TextTable(width: 80)) == """
        trials  losses             mean IoU            mean Dice  status
        ──────────────────────────────────────────────────────────────────
          1, 2  dice    0.625 ± 0.177 (n 2)  0.725 ± 0.177 (n 2)  finished
             3  lovasz         0.1250 (n 1)         0.2250 (n 1)  finished

        not shown for lack of width: validation loss, seeds, best epoch, epochs, time;
        see all with --format csv, or in a wider terminal

        values are those of each run's best evaluation, the first with the highest
        validation.mean_iou, chosen on the validation data itself; ± is the sample
        standard deviation over the n seeds that finished

        """)
  }

  @Test("seeds, best epoch, epochs and time go first, the metrics of the spec last")
  func order() {
    let spec = #"{"evaluation":{"metrics":[{"kappa":{}}]},"seed":7}"#
    let names = ComparisonTable([SampleRuns.run(1, spec: spec, meanIoU: [0.5])]).columns
      .filter { $0.importance < .max }.sorted { $0.importance < $1.importance }.map(\.name)
    #expect(
      names == [
        "best_epoch", "epochs", "seconds", "validation.loss", "validation.mean_dice", "id",
        "status",
      ])
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
    let table = ComparisonTable(
      columns: [.init(name: "losses", kind: .hyperparameter, alignment: .left)],
      rows: [.init(cells: [.text("a\r\nb\u{1B}[2J")])], notes: ["one\ntwo"])
    #expect(
      table.formatted(as: .text)
        == "losses\n────────\na\u{FFFD}\u{FFFD}b\u{FFFD}[2J\n\none\u{FFFD}two\n")
  }

  @Test("a table without rows is its header")
  func empty() {
    let table = ComparisonTable(columns: [.init(name: "trial", kind: .identity)], rows: [])
    #expect(table.formatted(as: .text) == "trial\n─────\n")
  }
}
