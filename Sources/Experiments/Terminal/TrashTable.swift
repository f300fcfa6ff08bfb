import Tracking

/// Runs that were removed, one a row, the one that was removed last first.
struct TrashTable {
  struct Row: Encodable {
    let run: String
    let id: String
    let name: String?
    let status: String
    let removedAt: String
    let bytes: Int
  }

  let rows: [Row]
  private let folder: String

  /// - Parameter folder: of the records, as it is said below the table.
  init(_ entries: [Trash.Entry], folder: String) {
    self.folder = folder
    rows = entries.map { entry in
      Row(
        run: entry.run.name, id: entry.run.id, name: entry.run.labels.name,
        status: entry.run.status.word, removedAt: entry.removedAt, bytes: entry.bytes)
    }
  }

  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    guard !rows.isEmpty else { return "no run is in the trash of \(folder.printable)" }
    var table = TableLayout([
      .init("run"), .init("id", importance: 1, shortens: false), .init("name", importance: 3),
      .init("status", importance: 2), .init("removed", importance: 4, shortens: false),
      .init("size", .right, importance: 5),
    ])
    for row in rows {
      table.add([
        row.run, row.id, row.name ?? "", row.status, row.removedAt, Units.bytes(row.bytes),
      ])
    }
    let bytes = rows.reduce(0) { $0 + $1.bytes }
    let notes =
      "\(Units.count(rows.count, "run")) in the trash of \(folder), \(Units.bytes(bytes)); bring back "
      + "with: experiments restore RUN, free for good with: experiments gc"
    let lines = TextWidth.wrapped(notes.printable, to: width ?? .max)
    return ([table.text(style: style, width: width), ""] + lines).joined(separator: "\n")
  }
}
