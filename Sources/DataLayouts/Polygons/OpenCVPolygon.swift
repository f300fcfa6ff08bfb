internal import Groundwork

/// Polygons as OpenCV's `fillPoly` fills them (4.6 and later): the tool of Supervisely's SDK, and what most
/// people draw VIA's regions with.
///
/// The sides are drawn as lines of eight neighbours, and the rows between are filled by the even-odd rule:
/// from a row's first crossing, rounded up, to the second, rounded down, and so on, with columns in 65,536th
/// parts that are added up from row to row. The lower end of a side is no crossing. A side that leaves the
/// image is cut at its edges in whole pixels, and its slope is that of the part inside.
struct OpenCVPolygon {
  private static let one = 1 << 16

  private struct Side {
    let rows: Range<Int>
    /// The column of the crossing and how much it changes from a row to the next, in 65,536th parts.
    var column: Int
    let change: Int
  }

  private let size: Size
  private var sides: [Side] = []

  /// Adds (or with `clears`, takes away) what lies within rings, all of them by one even-odd rule.
  static func fill(_ rings: [[GridPoint]], into region: inout Region, clears: Bool = false) {
    var polygon = OpenCVPolygon(size: region.size)
    for ring in rings where !ring.isEmpty {
      for (start, end) in zip(ring[(ring.count - 1)...] + ring, ring) {
        polygon.add(start, end, into: &region, clears: clears)
      }
    }
    polygon.fillRows(of: &region, clears: clears)
  }

  private init(size: Size) { self.size = size }

  private mutating func add(
    _ start: GridPoint, _ end: GridPoint, into region: inout Region, clears: Bool
  ) {
    var (from, to) = (start, end)
    let isSeen = ImageEdges(size).cut(&from, &to)
    if isSeen {
      BresenhamLine.points(from, to) { point in
        if clears {
          region.clear(row: point.y, point.x, point.x)
        } else {
          region.insert(row: point.y, column: point.x)
        }
      }
    }
    guard start.y != end.y else { return }
    // A cut that leaves a horizontal line says nothing of the slope.
    let rows = from.y != to.y ? (from.y, to.y) : (start.y, end.y)
    let change = (to.x - from.x) * Self.one / (rows.1 - rows.0)
    let upper = start.y < end.y ? (start.y, rows.0, from.x) : (end.y, rows.1, to.x)
    sides.append(
      Side(
        rows: min(start.y, end.y)..<max(start.y, end.y),
        column: upper.2 * Self.one + (upper.0 - upper.1) * change, change: change))
  }

  private mutating func fillRows(of region: inout Region, clears: Bool) {
    guard sides.count > 1 else { return }
    let columns = sides.flatMap { [$0.column, $0.column + $0.rows.count * $0.change] }
    guard let least = columns.min(), let most = columns.max(), most >= 0,
      least < size.width * Self.one
    else { return }
    sides.sort {
      ($0.rows.lowerBound, $0.column, $0.change) < ($1.rows.lowerBound, $1.column, $1.change)
    }
    var waiting = sides[...]
    var active: [Side] = []
    guard let first = waiting.first?.rows.lowerBound else { return }
    let last = min(size.height, sides.map(\.rows.upperBound).max() ?? 0)
    guard first < last else { return }
    for row in first..<last {
      active.removeAll { $0.rows.upperBound == row }
      Self.take(&waiting, into: &active, row)
      for pair in stride(from: 1, to: active.count, by: 2) {
        let (left, right) = (
          min(active[pair - 1].column, active[pair].column),
          max(active[pair - 1].column, active[pair].column)
        )
        let (first, last) = ((left + Self.one - 1) >> 16, right >> 16)
        if clears {
          region.clear(row: row, first, last)
        } else {
          region.fill(row: row, first, last)
        }
        active[pair - 1].column += active[pair - 1].change
        active[pair].column += active[pair].change
      }
      Self.sort(&active)
    }
  }

  /// Puts the sides that begin in a row among those that cross it, each before the first that is not left
  /// of it.
  private static func take(_ waiting: inout ArraySlice<Side>, into active: inout [Side], _ row: Int)
  {
    var place = 0
    while let side = waiting.first, side.rows.lowerBound == row {
      while place < active.count, active[place].column < side.column { place += 1 }
      active.insert(side, at: place)
      place += 1
      waiting.removeFirst()
    }
  }

  /// By their columns; those of one column stay in their order.
  private static func sort(_ active: inout [Side]) {
    for index in active.indices.dropFirst() {
      var place = index
      while place > 0, active[place - 1].column > active[place].column {
        active.swapAt(place - 1, place)
        place -= 1
      }
    }
  }
}

/// The line of eight neighbours from the end that lies left (Bresenham, 1965).
enum BresenhamLine {
  static func points(_ start: GridPoint, _ end: GridPoint, _ visit: (GridPoint) -> Void) {
    let (left, right) = end.x < start.x ? (end, start) : (start, end)
    let (across, down) = (right.x - left.x, abs(right.y - left.y))
    let direction = right.y < left.y ? -1 : 1
    let isSteep = down > across
    let (long, short) = (max(across, down), min(across, down))
    var error = long - 2 * short
    var point = left
    for _ in 0...long {
      visit(point)
      let isAside = error < 0
      error += (isAside ? 2 * long : 0) - 2 * short
      if isSteep || isAside { point.y += direction }
      if !isSteep || isAside { point.x += 1 }
    }
  }
}

/// Cuts lines at the edges of an image, in whole pixels or parts of them (Cohen and Sutherland, 1967).
struct ImageEdges {
  private let right: Int
  private let bottom: Int

  init(_ size: Size) { self.init(width: size.width, height: size.height) }

  init(width: Int, height: Int) { (right, bottom) = (width - 1, height - 1) }

  /// How far a line goes aside on a way, of which `slope` says how far it goes on another. In doubles, as
  /// OpenCV computes it: parts of pixels are too many for whole numbers.
  private func aside(_ way: Int, slope: (aside: Int, along: Int)) -> Int {
    Int(Double(way) * Double(slope.aside) / Double(slope.along))
  }

  private func isLeftOrRight(_ point: GridPoint) -> Int {
    point.x < 0 ? -1 : point.x > right ? 1 : 0
  }
  private func isAboveOrBelow(_ point: GridPoint) -> Int {
    point.y < 0 ? -1 : point.y > bottom ? 1 : 0
  }
  /// Tells whether both lie beyond one edge.
  private func areBeyond(_ one: GridPoint, _ other: GridPoint) -> Bool {
    isLeftOrRight(one) * isLeftOrRight(other) == 1
      || isAboveOrBelow(one) * isAboveOrBelow(other) == 1
  }
  private func isInside(_ point: GridPoint) -> Bool {
    isLeftOrRight(point) == 0 && isAboveOrBelow(point) == 0
  }

  /// - Returns: whether a part lies inside.
  func cut(_ start: inout GridPoint, _ end: inout GridPoint) -> Bool {
    if isInside(start), isInside(end) { return true }
    guard right >= 0, bottom >= 0, !areBeyond(start, end) else { return false }
    for isStart in [true, false] {
      let point = isStart ? start : end
      let side = isAboveOrBelow(point)
      guard side != 0 else { continue }
      let row = side < 0 ? 0 : bottom
      let column = point.x + aside(row - point.y, slope: (end.x - start.x, end.y - start.y))
      if isStart {
        start = GridPoint(x: column, y: row)
      } else {
        end = GridPoint(x: column, y: row)
      }
    }
    let sides = (isLeftOrRight(start), isLeftOrRight(end))
    guard sides.0 * sides.1 != 1 else { return false }
    for isStart in [true, false] {
      let point = isStart ? start : end
      let side = isStart ? sides.0 : sides.1
      guard side != 0 else { continue }
      let column = side < 0 ? 0 : right
      let row = point.y + aside(column - point.x, slope: (end.y - start.y, end.x - start.x))
      if isStart {
        start = GridPoint(x: column, y: row)
      } else {
        end = GridPoint(x: column, y: row)
      }
    }
    return true
  }
}
