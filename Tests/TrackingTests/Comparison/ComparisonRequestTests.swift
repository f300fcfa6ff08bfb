import Measurements
import Testing

@testable import Tracking

@Suite("What a person asks of a comparison")
struct ComparisonRequestTests {
  /// Two losses at two rates over three seeds.
  private let runs = (0..<12).map { (index: Int) -> RunRecord in
    let loss = index < 6 ? "dice" : "focal"
    let rate = index / 3 % 2 == 0 ? "1" : "2"
    let values = [0.3 + 0.01 * Double(index), 0.2 + 0.02 * Double(index % 5)]
    return SampleRuns.run(
      index + 1, [("losses", loss), ("solver.base_lr", rate)], seed: UInt64(index % 3),
      point: index / 3, meanIoU: values)
  }

  private func table(_ change: (inout ComparisonRequest) throws -> Void) throws -> Comparison {
    var request = ComparisonRequest()
    try change(&request)
    return try Comparison(runs, request)
  }

  private func column(_ name: String, _ table: Comparison) -> [String]? {
    table.columns.first { $0.name == name }.map { table[$0].map(\.text) }
  }

  @Test("a value of the runs is a column, with its statistic and the evaluation that it is of")
  func values() throws {
    let table = try table {
      $0.columns = try RunValue.list(
        "max(mean_iou), loss @ best(mean_iou), mean_iou @ last, epoch @ best(mean_iou), host, iou.cell"
      )
    }
    let names = table.columns.map(\.name)
    for name in ["max(mean_iou)", "loss @ best(mean_iou)", "last(mean_iou)"] {
      #expect(names.contains(name), "\(names)")
    }
    let last = try #require(table.columns.first { $0.name == "last(mean_iou)" })
    #expect(last.path == "validation.mean_iou" && last.at == "last" && last.statistic == "value")
    let first = try #require(table.rows.first)
    let place = try #require(table.columns.firstIndex(of: last))
    guard case .measured(let replicates) = first.cells[place].value else {
      Issue.record("no values")
      return
    }
    // Runs 10, 11 and 12 end at these values.
    #expect(replicates.values == [0.28, 0.2, 0.22])
    #expect(throws: ComparisonError.self) {
      try self.table { $0.columns = try RunValue.list("max(mean_ou)") }
    }
  }

  @Test("runs are put together by anything, and paired by what else differs")
  func groups() throws {
    let table = try table { $0.grouping = .values(try RunValue.list("losses")) }
    #expect(column("losses", table) == ["focal", "dice"])
    #expect(table.rows.map(\.runs.count) == [6, 6])
    #expect(table.rows[1].test?.pairs == 6)
    #expect(table.notes.contains { $0.contains("over all values of solver.base_lr") })
  }

  @Test("rows have the order of several values, each reversed by a minus")
  func order() throws {
    let table = try table {
      $0.order = try ComparisonRequest.SortKey.list("-base_lr, mean_iou", source: "--sort")
    }
    #expect(column("solver.base_lr", table) == ["2", "2", "1", "1"])
    #expect(table.rows.map(\.isBest) == [true, false, false, false])
    let rising = try self.table {
      $0.order = try ComparisonRequest.SortKey.list(
        "base_lr, -max(mean_iou)", source: "--sort")
    }
    #expect(column("solver.base_lr", rising) == ["1", "1", "2", "2"])
    #expect(column("losses", rising) == ["dice", "focal", "dice", "focal"])
  }

  @Test("rows can be ranked and tested by another value")
  func judge() throws {
    let table = try table { $0.judge = try RunValue("mean_iou @ last") }
    #expect(table.objective.name == "last(mean_iou)" && table.objective.higherIsBetter)
    #expect(table.columns.first { $0.kind == .objective }?.name == "last(mean_iou)")
    let means = table.rows.compactMap { $0.objective?.summary?.mean }
    #expect(means == means.sorted(by: >) && means.count == 4)
  }

  @Test("columns that are the same in every row are counted, unless all or some are asked for")
  func equalColumns() throws {
    let plain = try table { _ in }
    #expect(column("solver.weight_decay", plain) == nil && column("status", plain) == nil)
    #expect(plain.equalColumns > 0)
    let kept = try table { $0.kept = try ColumnPattern("weight_decay|status") }
    #expect(column("solver.weight_decay", kept) == ["0.1", "0.1", "0.1", "0.1"])
    #expect(column("status", kept)?.first == "finished")
    let all = try table { $0.isWhole = true }
    #expect(all.equalColumns == 0 && all.columns.count > plain.columns.count)
    for (place, column) in all.columns.enumerated() where column.kind != .flag {
      #expect(all.rows.allSatisfy { !$0.cells[place].text.isEmpty }, "\(column.name)")
    }
  }

  @Test("columns are dropped by pattern, and kept in spite of it")
  func dropped() throws {
    let table = try table {
      $0.dropped = try ColumnPattern("validation|losses")
      $0.kept = try ColumnPattern("mean_dice")
    }
    #expect(column("losses", table) == nil && column("validation.mean_iou", table) == nil)
    #expect(column("validation.mean_dice", table) != nil)
    #expect(throws: (any Error).self) { try ColumnPattern("(") }
  }

  @Test("an interval stands in brackets, and the bootstrap's waits for ten values")
  func intervals() throws {
    let table = try table { $0.spread = .t }
    #expect(column("validation.mean_iou", table)?[0] == "0.400 [0.375, 0.425]")
    let few = try self.table { $0.spread = .bca }
    #expect(column("validation.mean_iou", few)?[0] == "0.400")
    let many = try self.table {
      $0.spread = .bca
      $0.grouping = .values(try RunValue.list("experiment"))
    }
    #expect(column("validation.mean_iou", many)?[0].contains("[") == true)
  }
}
