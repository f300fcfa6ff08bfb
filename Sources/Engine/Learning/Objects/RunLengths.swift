package import Groundwork

/// A mask as COCO has it: how many pixels are outside, inside, outside and so on, column by column from
/// the left, each from the top.
package struct RunLengths: Sendable, Hashable {
  package let size: Size
  /// The first is of pixels outside and may be 0; their sum is H · W.
  package let counts: [Int]

  /// The pixels within polygons that do not overlap. Takes time in proportion to their sides.
  package init(_ polygons: [Polygon], size: Size) {
    // A column enters a polygon or leaves it at every horizontal side.
    var changes: [Int] = []
    for ring in polygons.flatMap(\.rings) {
      for (corner, next) in zip(ring, ring[1...] + ring[..<1]) where corner.y == next.y {
        for x in min(corner.x, next.x)..<max(corner.x, next.x) {
          changes.append(Int(x) * size.height + Int(corner.y))
        }
      }
    }
    var counts: [Int] = []
    var last = 0
    for change in changes.sorted() {
      // One column ends inside and the next begins so.
      if change == last, !counts.isEmpty {
        last -= counts.removeLast()
      } else {
        counts.append(change - last)
        last = change
      }
    }
    if last < size.area { counts.append(size.area - last) }
    (self.size, self.counts) = (size, counts)
  }
}
