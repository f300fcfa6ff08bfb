import Tracking

/// What a results folder would be smaller by, a kind a row.
struct GarbageTable {
  struct Row: Encodable {
    let kind: String
    let items: [Item]
    let bytes: Int
    /// Whether it is freed, or only would be if that was asked for.
    let isFreed: Bool
  }

  struct Item: Encodable {
    let name: String
    let bytes: Int
  }

  let rows: [Row]

  init(_ garbage: Garbage, freed: Set<Garbage.Kind>) {
    rows = Garbage.Kind.allCases.compactMap { kind in
      let items = garbage.items.filter { $0.kind == kind }
      guard !items.isEmpty else { return nil }
      return Row(
        kind: kind.rawValue, items: items.map { Item(name: $0.name, bytes: $0.bytes) },
        bytes: garbage.bytes(of: kind), isFreed: freed.contains(kind))
    }
  }

  /// Bytes of what is freed.
  var bytes: Int { rows.filter(\.isFreed).reduce(0) { $0 + $1.bytes } }
  var isEmpty: Bool { rows.allSatisfy { !$0.isFreed } }

  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    guard !rows.isEmpty else { return "there is nothing to free" }
    var table = TableLayout([
      .init("kind", importance: .max, shortens: false), .init("items", .right, importance: 2),
      .init("size", .right, importance: 4), .init("", importance: 3, shortens: false),
      .init("what", importance: 1, staysDistinct: false),
    ])
    for row in rows {
      let names = row.items.prefix(2).map(\.name).joined(separator: ", ")
      table.add([
        Garbage.Kind(rawValue: row.kind)?.title ?? row.kind, Units.count(row.items.count),
        Units.bytes(row.bytes), row.isFreed ? "" : "kept, see --superseded",
        names + (row.items.count > 2 ? ", …" : ""),
      ])
    }
    return table.text(style: style, width: width)
  }
}
