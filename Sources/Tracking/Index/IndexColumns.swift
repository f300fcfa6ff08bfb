internal import Measurements

/// Where the columns of a schema have their cells.
struct IndexColumns: Sendable {
  private let schema: IndexSchema
  private var followed: [ColumnKey: Int] = [:]
  private var further: [ColumnKey: Int] = [:]
  private var tested: [ColumnKey: Int] = [:]

  init(_ schema: IndexSchema) {
    self.schema = schema
    let columns = schema.columns
    // Of series of one name the first counts, as in a history.
    for (index, column) in columns.enumerated() where followed[ColumnKey(column)] == nil {
      followed[ColumnKey(column)] = index
    }
    var place = schema.place(ofColumn: columns.count, .first)
    for column in schema.further {
      further[ColumnKey(column)] = further[ColumnKey(column)] ?? place
      place += IndexSchema.Further.allCases.count
    }
    for column in schema.tested {
      tested[ColumnKey(column)] = place
      place += 1
    }
  }

  /// The cell of a column's value at the best evaluation; `nil` where it has not been measured.
  func best(_ key: ColumnKey) -> Int? {
    followed[key].map { schema.place(ofColumn: $0, .best) } ?? further[key]
  }

  /// The cell of the image that a column is of at the best evaluation.
  func image(_ key: ColumnKey) -> Int? {
    further[key].map { $0 + IndexSchema.Further.image.rawValue }
  }

  /// The cell of the last value; `nil` where it is not kept.
  func last(_ key: ColumnKey) -> Int? {
    followed[key].map { schema.place(ofColumn: $0, .last) }
  }

  /// The cell of what the newest test found that has the column; `nil` where none has it.
  func tested(_ key: ColumnKey) -> Int? { tested[key] }
}
