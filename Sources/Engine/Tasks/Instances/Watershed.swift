internal import Groundwork

/// Watershed by flooding from seeds (Meyer, "Topographic distance and watershed lines", 1994), as
/// scikit-image's `watershed` has it with 4-connected pixels.
enum Watershed {
  /// Seeds grow pixel by pixel, the lowest first, and of equals the one that was reached first; a pixel
  /// belongs to the seed that reached it. Takes time n log n in the pixels.
  ///
  /// - Parameters:
  ///   - heights: `[H, W]`, numbers.
  ///   - seeds: `[H, W]`: from 1 the number of the seed that the pixel is of, 0 where it is of none.
  ///   - isFlooded: `[H, W]`: other pixels stay 0, seeds or not.
  /// - Returns: `[H, W]`: the seed of each pixel, 0 where none reaches it.
  static func flood(
    _ heights: [Float], from seeds: [Int32], within isFlooded: [Bool], _ size: Size
  ) -> [Int32] {
    precondition(
      heights.count == size.area && seeds.count == size.area && isFlooded.count == size.area)
    var basins = zip(seeds, isFlooded).map { $1 ? $0 : 0 }
    var front = Front()
    for pixel in basins.indices where basins[pixel] != 0 {
      front.push(
        .init(height: heights[pixel], age: Int32(pixel) - Int32(size.area), pixel: Int32(pixel)))
    }
    var age: Int32 = 0
    basins.withUnsafeMutableBufferPointer { basins in
      while let next = front.pop() {
        let pixel = Int(next.pixel)
        let column = pixel % size.width
        func reach(_ other: Int) {
          guard isFlooded[other], basins[other] == 0 else { return }
          basins[other] = basins[pixel]
          age += 1
          front.push(.init(height: heights[other], age: age, pixel: Int32(other)))
        }
        if pixel >= size.width { reach(pixel - size.width) }
        if column > 0 { reach(pixel - 1) }
        if column + 1 < size.width { reach(pixel + 1) }
        if pixel + size.width < size.area { reach(pixel + size.width) }
      }
    }
    return basins
  }

  /// The pixels that seeds grow from next: a binary heap, the lowest first, then the oldest.
  private struct Front {
    struct Entry {
      let height: Float
      let age: Int32
      let pixel: Int32

      func comes(before other: Entry) -> Bool {
        height != other.height ? height < other.height : age < other.age
      }
    }

    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
      entries.append(entry)
      var place = entries.count - 1
      while place > 0 {
        let parent = (place - 1) / 2
        guard entry.comes(before: entries[parent]) else { break }
        entries[place] = entries[parent]
        place = parent
      }
      entries[place] = entry
    }

    mutating func pop() -> Entry? {
      guard let first = entries.first, let last = entries.popLast() else { return nil }
      guard !entries.isEmpty else { return first }
      var place = 0
      while true {
        var child = 2 * place + 1
        guard child < entries.count else { break }
        if child + 1 < entries.count, entries[child + 1].comes(before: entries[child]) {
          child += 1
        }
        guard entries[child].comes(before: last) else { break }
        entries[place] = entries[child]
        place = child
      }
      entries[place] = last
      return first
    }
  }
}
