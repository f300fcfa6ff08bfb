import Testing

@testable import Tracking

struct CSVTableTests {
  @Test("numbers have every digit, missing values are empty, and commas and quotes are quoted")
  func runs() {
    let lines = SampleTables.runs.formatted(as: .csv).split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "row,trial,id,losses,solver.base_lr,validation.mean_iou,validation.mean_dice,"
        + "validation.loss,best_epoch,epochs,seconds,status,flags")
    #expect(
      lines[1]
        == "1,2,2222222222222222,cross_entropy + dice,1e-3,0.75,0.85,0.75,1,1,32,failed,"
        + "best")
    #expect(lines[3] == #"3,12,cccccccccccccccc,"a,""b""|c",1e-3,,,,,,,waiting,"#)
  }

  @Test("mean and deviation have columns of their own, and lines end with a line feed alone")
  func seeds() {
    let text = SampleTables.seeds.formatted(as: .csv)
    #expect(!text.contains("\r"))
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = lines[0].firstIndex(of: "validation.mean_iou_mean") ?? 0
    #expect(lines[0][place + 1] == "validation.mean_iou_std")
    #expect(lines[0][place + 2] == "validation.mean_iou_n")
    // The first cell of the row, "1, 2", has a comma.
    let row = SampleTables.seeds.rows[0]
    #expect(row.runs.count == 2)
    #expect(text.contains(",0.625,0.1767766952966369,2,"))
    #expect(text.contains(",0.125,,1,"))
  }

  @Test("a line break stays inside its quotes")
  func lineBreaks() {
    let table = Comparison(
      columns: [.init(name: "losses", kind: .hyperparameter)],
      rows: [.init(cells: [.text("a\r\nb")]), .init(cells: [.text("c\nd")])])
    #expect(table.formatted(as: .csv) == "losses\n\"a\u{FFFD}\nb\"\n\"c\nd\"\n")
  }

  @Test("a text that a spreadsheet takes for a formula is none, unless it is wanted raw")
  func formulas() {
    let table = Comparison(
      columns: [.init(name: "note", kind: .fact)],
      rows: ["=1+1", "+a", "-b", "@x", "-0.5", "+1e3", "plain"].map { .init(cells: [.text($0)]) })
    #expect(table.formatted(as: .csv) == "note\n'=1+1\n'+a\n'-b\n'@x\n-0.5\n+1e3\nplain\n")
    #expect(table.formatted(as: CSVTable(isRaw: true)).hasPrefix("note\n=1+1\n"))
  }

  @Test("a missing value over seeds keeps its three columns")
  func missing() {
    let table = Comparison(
      columns: [
        .init(name: "loss", kind: .objective, isOverSeeds: true), .init(name: "n", kind: .progress),
      ],
      rows: [.init(cells: [.notRecorded, .integer(0)])])
    #expect(table.formatted(as: .csv) == "loss_mean,loss_std,loss_n,n\n,,,0\n")
  }
}
