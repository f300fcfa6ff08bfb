import Foundation
import Testing

@testable import Tracking

struct JSONTableTests {
  private func object(_ table: Comparison) throws -> [String: Any] {
    let data = Data(table.formatted(as: .json).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func cells(_ table: Comparison, row: Int) throws -> [String: [String: Any]] {
    let rows = try #require(try object(table)["rows"] as? [[String: Any]])
    return try #require(rows[row]["cells"] as? [String: [String: Any]])
  }

  @Test("a run has a value in each column, or null and why")
  func runs() throws {
    #expect(try object(SampleTables.runs)["schema"] as? String == "experiments.compare/1")
    let first = try cells(SampleTables.runs, row: 0)
    #expect(first["validation.mean_iou"]?["value"] as? Double == 0.75)
    #expect(first["solver.base_lr"]?["value"] as? Double == 0.001)
    let waiting = try cells(SampleTables.runs, row: 2)
    #expect(waiting["validation.mean_iou"]?["value"] is NSNull)
    #expect(waiting["validation.mean_iou"]?["why"] as? String == "still running")
  }

  @Test("a value over seeds has its mean, and the value and seed of each run")
  func seeds() throws {
    let cell = try #require(try cells(SampleTables.seeds, row: 0)["validation.mean_iou"])
    #expect(cell["mean"] as? Double == 0.625 && cell["n"] as? Int == 2)
    #expect(cell["values"] as? [Double] == [0.5, 0.75])
    #expect(cell["seeds"] as? [Int] == [7, 8])
    #expect((cell["interval"] as? [Double])?.count == 2)
  }

  @Test("columns say what they are of, and tests name their rows")
  func columns() throws {
    let object = try object(SampleTables.seeds)
    let columns = try #require(object["columns"] as? [[String: Any]])
    let objective = try #require(columns.first { $0["kind"] as? String == "objective" })
    #expect(objective["at"] as? String == "best(validation.mean_iou)")
    #expect(objective["direction"] as? String == "higher")
    let tests = try #require(object["tests"] as? [[String: Any]])
    #expect(tests.count == 1 && tests[0]["verdict"] as? String == "no statement")
  }

  @Test("a JSON reader finds what was written, whatever the text, and keys are sorted")
  func roundTrip() throws {
    let text = "a\"b\\c\n\t\u{1}é🧫/"
    let table = Comparison(
      columns: [
        .init(name: text, kind: .hyperparameter), .init(name: "tiny", kind: .metric),
        .init(name: "infinite", kind: .metric),
      ],
      rows: [.init(cells: [.text(text), .value(.leastNonzeroMagnitude), .value(-.infinity)])])
    let cells = try cells(table, row: 0)
    #expect(cells[text]?["value"] as? String == text)
    #expect(cells["tiny"]?["value"] as? Double == .leastNonzeroMagnitude)
    #expect(cells["infinite"]?["value"] is NSNull && cells["infinite"]?["why"] as? String == "-inf")
    let keys = table.formatted(as: .json).split(separator: "\n").filter { $0.hasPrefix("  \"") }
    #expect(keys == keys.sorted())
  }

  @Test("seeds keep all of their digits")
  func seedDigits() throws {
    let runs = [1, 2].map {
      SampleRuns.run(
        $0, [("losses", "dice")], seed: UInt64.max - UInt64($0), point: 0, spec: "{}",
        meanIoU: [0.5])
    }
    #expect(Comparison(runs).formatted(as: .json).contains("\(UInt64.max - 1)"))
  }
}
