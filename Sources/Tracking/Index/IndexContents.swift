internal import Foundation

/// What an index holds, before it is a file: the cells of runs, by schema.
struct IndexContents {
  private(set) var runs: [Run] = []
  private(set) var tables: [Table] = []
  private(set) var texts: [String] = []
  private var numbers: [String: UInt32] = [:]
  private var schemas: [IndexSchema: Int] = [:]
  /// The table that was asked for last, mostly the next run's, too.
  private var latest: Int?

  struct Run: Sendable {
    var experiment: UInt32
    var id: UInt32
    /// The files that the record stands on, one a line.
    var files: UInt32
    var table: UInt32
    var row: UInt32
    var stamp: UInt64
  }

  struct Table {
    let schema: IndexSchema
    /// Row after row.
    fileprivate(set) var cells: [UInt64] = []
    fileprivate(set) var rowCount = 0
    private let width: Int

    init(_ schema: IndexSchema) {
      self.schema = schema
      width = schema.cellCount
    }

    /// The cells of each column, from row to row.
    var columns: [[UInt64]] {
      (0..<width).map { place in stride(from: place, to: cells.count, by: width).map { cells[$0] } }
    }
  }

  mutating func intern(_ text: String) -> UInt32 {
    if let number = numbers[text] { return number }
    let number = UInt32(texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }

  /// Adds a run that was read.
  mutating func add(
    _ row: IndexRow, experiment: String, id: String, files: String, stamp: UInt64
  ) {
    let cells = row.cells.map { value in IndexCell(value) { intern($0) }.bits }
    add(
      cells, table: table(of: row.schema), experiment: experiment, id: id, files: files,
      stamp: stamp)
  }

  /// Adds a run whose cells are encoded with the numbers of these texts.
  mutating func add(
    _ cells: [UInt64], table: Int, experiment: String, id: String, files: String, stamp: UInt64
  ) {
    tables[table].cells += cells
    runs.append(
      Run(
        experiment: intern(experiment), id: intern(id), files: intern(files),
        table: UInt32(table), row: UInt32(tables[table].rowCount), stamp: stamp))
    tables[table].rowCount += 1
  }

  /// The table of the runs of a schema.
  mutating func table(of schema: IndexSchema) -> Int {
    if let latest, tables[latest].schema == schema { return latest }
    let number = schemas[schema] ?? tables.count
    if number == tables.count {
      tables.append(Table(schema))
      schemas[schema] = number
    }
    latest = number
    return number
  }
}
