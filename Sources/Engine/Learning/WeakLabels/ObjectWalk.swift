internal import Groundwork

/// Ways through sets of pixels, from one to its eight neighbors, in memory that is used again.
struct ObjectWalk {
  private let size: Size
  /// `[H, W]`: where a pixel was reached from; −1 of pixels outside of the set, −2 of those not reached yet.
  private var origins: [Int]
  private var queue: [Int] = []

  init(_ size: Size) {
    self.size = size
    origins = Array(repeating: -1, count: size.area)
  }

  /// The way from one end of a set to the other: from the pixel that is farthest from a start, along the fewest
  /// steps, to the pixel that is farthest from that. Of equally far ones the first that is reached.
  mutating func longestWay(in places: [Int], from start: Int) -> [Int] {
    let end = farthest(from: start, in: places)
    let other = farthest(from: end, in: places)
    var way = [other]
    while let last = way.last, last != end { way.append(origins[last]) }
    for place in places { origins[place] = -1 }
    return way
  }

  private mutating func farthest(from start: Int, in places: [Int]) -> Int {
    for place in places { origins[place] = -2 }
    origins[start] = start
    queue.removeAll(keepingCapacity: true)
    queue.append(start)
    var next = 0
    while next < queue.count {
      let place = queue[next]
      next += 1
      let (row, column) = place.quotientAndRemainder(dividingBy: size.width)
      for y in max(0, row - 1)...min(size.height - 1, row + 1) {
        for x in max(0, column - 1)...min(size.width - 1, column + 1) {
          let neighbor = y * size.width + x
          guard origins[neighbor] == -2 else { continue }
          origins[neighbor] = place
          queue.append(neighbor)
        }
      }
    }
    return queue[queue.count - 1]
  }
}
