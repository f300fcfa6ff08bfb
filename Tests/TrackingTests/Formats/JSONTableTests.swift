import Foundation
import Testing

@testable import Tracking

struct JSONTableTests {
  @Test("a run is an object on a line, with null for what is missing")
  func runs() {
    #expect(
      SampleTables.runs.formatted(as: .json) == #"""
        [
          {"trial": 2, "id": "2222222222222222", "losses": "cross_entropy + dice", "solver.base_lr": 1e-3, "validation.mean_iou": 0.75, "validation.mean_dice": 0.85, "validation.loss": 0.75, "best_epoch": 1, "epochs": 1, "seconds": 32.0, "status": "failed"},
          {"trial": 1, "id": "1111111111111111", "losses": "cross_entropy", "solver.base_lr": 1e-2, "validation.mean_iou": 0.5, "validation.mean_dice": 0.6, "validation.loss": 1.0, "best_epoch": 2, "epochs": 2, "seconds": 64.0, "status": "finished"},
          {"trial": 12, "id": "cccccccccccccccc", "losses": "a,\"b\"|c", "solver.base_lr": 1e-3, "validation.mean_iou": null, "validation.mean_dice": null, "validation.loss": null, "best_epoch": null, "epochs": null, "seconds": null, "status": "waiting"}
        ]

        """#)
  }

  @Test("a value over seeds is an object of mean, std and n")
  func seeds() {
    #expect(
      SampleTables.seeds.formatted(as: .json) == """
        [
          {"trials": "1, 2", "losses": "dice", "validation.mean_iou": {"mean": 0.625, "std": 0.1767766952966369, "n": 2}, "validation.mean_dice": {"mean": 0.725, "std": 0.1767766952966369, "n": 2}, "validation.loss": {"mean": 0.875, "std": 0.1767766952966369, "n": 2}, "seeds": 2, "best_epoch": {"mean": 1.5, "std": 0.7071067811865476, "n": 2}, "epochs": {"mean": 1.5, "std": 0.7071067811865476, "n": 2}, "seconds": {"mean": 48.0, "std": 22.627416997969522, "n": 2}, "status": "finished"},
          {"trials": "3", "losses": "lovasz", "validation.mean_iou": {"mean": 0.125, "std": null, "n": 1}, "validation.mean_dice": {"mean": 0.225, "std": null, "n": 1}, "validation.loss": {"mean": 1.375, "std": null, "n": 1}, "seeds": 1, "best_epoch": {"mean": 1.0, "std": null, "n": 1}, "epochs": {"mean": 1.0, "std": null, "n": 1}, "seconds": {"mean": 32.0, "std": null, "n": 1}, "status": "finished"}
        ]

        """)
  }

  @Test("a JSON reader finds what was written, whatever the text")
  func roundTrip() throws {
    let text = "a\"b\\c\n\t\u{1}é🧫/"
    let table = ComparisonTable(
      columns: [
        .init(name: text, kind: .hyperparameter), .init(name: "tiny", kind: .metric),
        .init(name: "infinite", kind: .metric),
      ],
      rows: [.init(cells: [.text(text), .value(.leastNonzeroMagnitude), .value(-.infinity)])])
    let data = Data(table.formatted(as: .json).utf8)
    let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(rows.count == 1)
    #expect(rows[0][text] as? String == text)
    #expect(rows[0]["tiny"] as? Double == .leastNonzeroMagnitude)
    #expect(rows[0]["infinite"] is NSNull)
  }

  @Test("a table without rows is an empty array")
  func empty() {
    #expect(ComparisonTable([]).formatted(as: .json) == "[]\n")
  }
}
