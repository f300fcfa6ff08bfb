import Testing

@testable import Tracking

struct CSVTableTests {
  @Test("numbers have every digit, missing values are empty, and commas and quotes are quoted")
  func runs() {
    #expect(
      SampleTables.runs.formatted(as: .csv)
        == lines(
          #"""
          trial,id,losses,solver.base_lr,validation.mean_iou,validation.mean_dice,validation.loss,best_epoch,epochs,seconds,status
          2,2222222222222222,cross_entropy + dice,1e-3,0.75,0.85,0.75,1,1,32.0,failed
          1,1111111111111111,cross_entropy,1e-2,0.5,0.6,1.0,2,2,64.0,finished
          12,cccccccccccccccc,"a,""b""|c",1e-3,,,,,,,waiting
          """#))
  }

  @Test("mean and deviation have columns of their own")
  func seeds() {
    #expect(
      SampleTables.seeds.formatted(as: .csv)
        == lines(
          """
          trials,losses,validation.mean_iou_mean,validation.mean_iou_std,validation.mean_iou_n,validation.mean_dice_mean,validation.mean_dice_std,validation.mean_dice_n,validation.loss_mean,validation.loss_std,validation.loss_n,seeds,best_epoch_mean,best_epoch_std,best_epoch_n,epochs_mean,epochs_std,epochs_n,seconds_mean,seconds_std,seconds_n,status
          "1, 2",dice,0.625,0.1767766952966369,2,0.725,0.1767766952966369,2,0.875,0.1767766952966369,2,2,1.5,0.7071067811865476,2,1.5,0.7071067811865476,2,48.0,22.627416997969522,2,finished
          3,lovasz,0.125,,1,0.225,,1,1.375,,1,1,1.0,,1,1.0,,1,32.0,,1,finished
          """))
  }

  @Test("a line break stays inside its quotes, and every line ends with CR LF")
  func lineBreaks() {
    let table = ComparisonTable(
      columns: [.init(name: "losses", kind: .hyperparameter)],
      rows: [.init(cells: [.text("a\r\nb")]), .init(cells: [.text("c\nd")])])
    #expect(table.formatted(as: .csv) == "losses\r\n\"a\u{FFFD}\nb\"\r\n\"c\nd\"\r\n")
  }

  @Test("a missing value over seeds keeps its three columns")
  func missing() {
    let table = ComparisonTable(
      columns: [
        .init(name: "loss", kind: .objective, isOverSeeds: true), .init(name: "n", kind: .progress),
      ],
      rows: [.init(cells: [.missing, .integer(0)])])
    #expect(table.formatted(as: .csv) == "loss_mean,loss_std,loss_n,n\r\n,,,0\r\n")
  }

  /// The text with the line ends of RFC 4180, also after its last line.
  private func lines(_ text: String) -> String {
    text.split(separator: "\n").map { $0 + "\r\n" }.joined()
  }
}
