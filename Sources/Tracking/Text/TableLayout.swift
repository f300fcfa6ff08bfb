/// Rows of text in columns, two spaces apart, numbers to the right: every table that a terminal
/// shows.
///
/// Where a width is given no line is longer. Then, in this order: headings that may take two lines; then
/// they take their short form; long texts give up their middle; columns are left out, the least important first, and named
/// below the table; and only then are texts made shorter still. Numbers, and ids and others that
/// are told to be whole, are never cut.
package struct TableLayout: Sendable {
  package enum Alignment: Sendable, Hashable { case left, right }

  package struct Column: Sendable {
    package var title: String
    /// Stands in where the title has no room.
    package var shortTitle: String?
    package var alignment: Alignment
    /// Which columns are left out where there is no room: those with the least first, of equals the
    /// one farther to the right.
    package var importance: Int
    /// True where texts of the column may lose their middle.
    package var shortens: Bool
    /// True where different texts must then still be different.
    package var staysDistinct: Bool
    /// True where the title may take two lines.
    package var breaksTitle = false

    /// The importance from which on a column is left out only where cutting texts as far as
    /// possible is not enough.
    package static let essential = 80

    /// - Parameters:
    ///   - importance: by default the column stays as long as any does.
    ///   - shortens: by default where texts stand to the left.
    package init(
      _ title: String, _ alignment: Alignment = .left, shortTitle: String? = nil,
      importance: Int = .max, shortens: Bool? = nil, staysDistinct: Bool = true
    ) {
      self.staysDistinct = staysDistinct
      self.title = title
      self.shortTitle = shortTitle
      self.alignment = alignment
      self.importance = importance
      self.shortens = shortens ?? (alignment == .left)
    }
  }

  package let columns: [Column]
  private(set) var rows: [[String]] = []
  /// True where a thin line parts the headings from the rows.
  package var isRuled = false
  /// Where what is left out can be seen, behind "not shown for lack of width: …".
  package var remedy: String?

  package init(_ columns: [Column]) { self.columns = columns }

  /// Columns of which the first ones are the most important.
  package init(_ columns: [(title: String, alignment: Alignment)]) {
    self.columns = columns.enumerated().map { index, column in
      Column(
        column.title, column.alignment, importance: index == 0 ? .max : columns.count - index)
    }
  }

  /// - Parameter cells: one for each column; what could steer a terminal is made visible.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row needs \(columns.count) cells")
    rows.append(cells.map(\.printable))
  }

  /// Headings and rows, each line without trailing spaces. A column that is empty in every row is
  /// left out.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal; `nil` for no limit.
  ///   - heading: what is done to the line of the headings, e.g. made bold.
  ///   - emphasis: what is done to the line of a row, by its index.
  package func text(
    width: Int?, heading: (String) -> String = { $0 },
    emphasis: (Int, String) -> String = { $1 }
  ) -> String {
    let filled = columns.indices.filter { column in
      rows.isEmpty || rows.contains { !$0[column].isEmpty }
    }
    let (shown, left, _) = fitting(filled.map(measured), width: width ?? .max)
    var lines = Self.headings(shown).map(heading)
    if isRuled {
      let ruler = shown.map(\.width).reduce(0, +) + Self.gap.count * max(0, shown.count - 1)
      lines.append(String(repeating: "─", count: ruler))
    }
    for (index, row) in rows.enumerated() {
      lines.append(emphasis(index, Self.line(shown.map { $0.padded(row[$0.index]) })))
    }
    if !left.isEmpty {
      let names = "not shown for lack of width: " + left.joined(separator: ", ")
      let note = names + (remedy.map { "; \($0)" } ?? "")
      lines += [""] + TextWidth.wrapped(note, to: width ?? .max)
    }
    return lines.joined(separator: "\n")
  }

  /// What must give way for a width.
  package enum Loss: Sendable, Comparable {
    case nothing
    /// Some headings, and the middle of long texts.
    case letters
    case columns
    /// Columns that stay as long as they can.
    case essentials
  }

  package func loss(width: Int?) -> Loss {
    let filled = columns.indices.filter { column in
      rows.isEmpty || rows.contains { !$0[column].isEmpty }
    }
    return fitting(filled.map(measured), width: width ?? .max).loss
  }

  private static func headings(_ shown: [Shown]) -> [String] {
    guard shown.contains(where: { $0.brokenTitle != nil }) else {
      return [line(shown.map { $0.padded($0.title) })]
    }
    return [
      line(shown.map { $0.padded($0.brokenTitle?.first ?? "") }),
      line(shown.map { $0.padded($0.brokenTitle?.second ?? $0.title) }),
    ]
  }

  private static let gap = "  "

  /// The cells of a line, without spaces at its end.
  private static func line(_ cells: [String]) -> String {
    var line = cells.joined(separator: gap)
    while line.last == " " { line.removeLast() }
    return line
  }
}

// MARK: - Room

extension TableLayout {
  /// A column with the room that it has.
  private struct Shown {
    let index: Int
    let column: Column
    var title: String
    /// The title in two lines.
    var brokenTitle: (first: String, second: String)?
    var width: Int
    /// The width of the widest cell.
    let cells: Int

    /// The room that the title takes.
    var titleWidth: Int {
      brokenTitle.map { max(TextWidth.of($0.first), TextWidth.of($0.second)) }
        ?? TextWidth.of(title)
    }

    /// Puts the title on two lines, at the blank that makes them narrowest.
    mutating func breakTitle() {
      let words = title.split(separator: " ").map(String.init)
      guard column.breaksTitle, words.count > 1, TextWidth.of(title) > cells else { return }
      let lines = (1..<words.count).map { count in
        (words.prefix(count).joined(separator: " "), words.dropFirst(count).joined(separator: " "))
      }
      brokenTitle = lines.min { left, right in
        max(TextWidth.of(left.0), TextWidth.of(left.1))
          < max(TextWidth.of(right.0), TextWidth.of(right.1))
      }
      width = max(cells, titleWidth)
    }

    func padded(_ text: String) -> String {
      let text = TextWidth.shortened(text, to: width)
      let padding = String(repeating: " ", count: max(0, width - TextWidth.of(text)))
      return column.alignment == .left ? text + padding : padding + text
    }
  }

  private func measured(_ index: Int) -> Shown {
    let cells = rows.reduce(0) { max($0, TextWidth.of($1[index])) }
    let title = columns[index].title.printable
    return Shown(
      index: index, column: columns[index], title: title,
      width: max(cells, TextWidth.of(title)), cells: cells)
  }

  /// The width below which texts are not cut while columns could be left out instead.
  private static let comfortable = 16
  private static let shortest = 8

  /// - Returns: the columns that fit, the titles of those that do not, and what gave way.
  private func fitting(
    _ all: [Shown], width: Int
  ) -> (shown: [Shown], left: [String], loss: Loss) {
    if Self.total(all) <= width { return (all, [], .nothing) }
    var shown = all
    for index in shown.indices { shown[index].breakTitle() }
    if Self.total(shown) <= width { return (shown, [], .letters) }
    for index in shown.indices {
      guard let short = shown[index].column.shortTitle?.printable,
        TextWidth.of(short) < shown[index].titleWidth
      else { continue }
      shown[index].title = short
      shown[index].brokenTitle = nil
      shown[index].width = max(shown[index].cells, TextWidth.of(short))
    }
    var left: [Int] = []
    let stages: [(Int, Int?, Loss)] = [
      (Self.comfortable, Column.essential, Loss.columns), (Self.shortest, .max, .essentials),
      (Self.shortest, nil, .essentials),
    ]
    for (floor, kept, loss) in stages {
      while true {
        if let fitted = shortened(shown, floor: floor, width: width) {
          return (fitted, titles(left), left.isEmpty && loss == .columns ? .letters : loss)
        }
        guard shown.count > 1, let next = leastImportant(shown, below: kept) else { break }
        left.append(shown.remove(at: next).index)
      }
    }
    if let first = shown.indices.first { shown[first].width = min(shown[first].width, width) }
    return (shown, titles(left), .essentials)
  }

  private func titles(_ left: [Int]) -> [String] {
    left.sorted().map { columns[$0].title.printable }
  }

  /// Where the next column to go stands; `nil` where all must stay.
  private func leastImportant(_ shown: [Shown], below limit: Int?) -> Int? {
    let candidates = shown.indices.filter { index in
      limit.map { shown[index].column.importance < $0 } ?? (index > 0)
    }
    return candidates.min { left, right in
      let (first, second) = (shown[left].column.importance, shown[right].column.importance)
      return first == second ? left > right : first < second
    }
  }

  /// The columns with their widest texts cut until all fit; `nil` where that is not enough.
  private func shortened(_ shown: [Shown], floor: Int, width: Int) -> [Shown]? {
    var shown = shown
    var excess = Self.total(shown) - width
    guard excess > 0 else { return shown }
    let floors = shown.map { self.floor(of: $0, floor) }
    guard zip(shown, floors).reduce(0, { $0 + $1.0.width - $1.1 }) >= excess else { return nil }
    while excess > 0 {
      let widest = shown.indices.filter { shown[$0].width > floors[$0] }
        .max { shown[$0].width < shown[$1].width }
      guard let widest else { return nil }
      shown[widest].width -= 1
      excess -= 1
    }
    return shown
  }

  /// The least width to which texts may be cut that still keeps different texts apart.
  private func floor(of shown: Shown, _ floor: Int) -> Int {
    let title = min(shown.titleWidth, floor)
    guard shown.column.shortens, shown.cells > floor else { return max(shown.cells, title) }
    guard shown.column.staysDistinct else { return max(floor, title) }
    let texts = Set(rows.map { $0[shown.index] })
    var width = floor
    while width < shown.cells,
      Set(texts.map { TextWidth.shortened($0, to: width) }).count < texts.count
    {
      width += 1
    }
    return max(width, title)
  }

  private static func total(_ shown: [Shown]) -> Int {
    shown.map(\.width).reduce(0, +) + gap.count * max(0, shown.count - 1)
  }
}
