internal import Datasets

/// A curve in characters: the axis of y to the left, that of x below.
struct TextPlot {
  /// In the order of x.
  let points: [(x: Double, y: Double)]
  /// A place on the axis of x to point at.
  var mark: Double?
  var columns = 60
  var rows = 12
  /// How the axes' ends are written.
  let xText: (Double) -> String
  let yText: (Double) -> String

  /// Empty where there are fewer than two points. Each column shows the mean of its points; columns
  /// without one are bridged by a line.
  func text() -> String {
    guard let left = points.first?.x, let right = points.last?.x, right > left,
      let low = points.map(\.y).min(), let high = points.map(\.y).max()
    else { return "" }
    func column(_ x: Double) -> Int {
      min(columns - 1, max(0, Int((x - left) / (right - left) * Double(columns - 1) + 0.5)))
    }
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: rows)
    for (column, y) in heights(column).enumerated() {
      let height = high > low ? (y - low) / (high - low) : 0
      grid[rows - 1 - Int(height * Double(rows - 1) + 0.5)][column] = "•"
    }
    let marked = mark.map(column)
    if let marked {
      for row in grid.indices where grid[row][marked] == " " { grid[row][marked] = "┊" }
    }
    let labels = grid.indices.map { row in
      row == 0 ? yText(high) : row == rows - 1 ? yText(low) : ""
    }
    let width = labels.map(\.count).max() ?? 0
    let lines = zip(labels, grid).map { label, row in
      let padding = String(repeating: " ", count: width - label.count)
      let curve = String(row.reversed().drop { $0 == " " }.reversed())
      return padding + label + " │" + (curve.isEmpty ? "" : curve)
    }
    let indent = String(repeating: " ", count: width + 1)
    let axis = String(
      (0..<columns).map { $0 == marked ? Character("┴") : Character("─") })
    return (lines + [indent + "└" + axis, indent + " " + ends(left, right, marked)])
      .joined(separator: "\n")
  }

  /// The mean of each column's points, between columns that have some on a straight line.
  private func heights(_ column: (Double) -> Int) -> [Double] {
    var sums = Array(repeating: (total: 0.0, count: 0.0), count: columns)
    for point in points {
      sums[column(point.x)].total += point.y
      sums[column(point.x)].count += 1
    }
    let known = sums.indices.filter { sums[$0].count > 0 }
    var heights = sums.map { $0.count > 0 ? $0.total / $0.count : 0 }
    for (start, end) in zip(known, known.dropFirst()) where end > start + 1 {
      for between in start + 1..<end {
        let part = Double(between - start) / Double(end - start)
        heights[between] = heights[start] + part * (heights[end] - heights[start])
      }
    }
    return heights
  }

  /// The ends of the axis of x, and the mark where it has room between them.
  private func ends(_ left: Double, _ right: Double, _ marked: Int?) -> String {
    var line = Array(repeating: Character(" "), count: columns)
    func write(_ text: String, at start: Int) {
      for (offset, character) in text.enumerated() where line.indices.contains(start + offset) {
        line[start + offset] = character
      }
    }
    let (leftText, rightText) = (xText(left), xText(right))
    write(leftText, at: 0)
    write(rightText, at: columns - rightText.count)
    if let mark, let marked {
      let text = xText(mark)
      let start = marked - text.count / 2
      if start > leftText.count, start + text.count < columns - rightText.count {
        write(text, at: start)
      }
    }
    return String(line)
  }
}
