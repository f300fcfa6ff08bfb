internal import Groundwork

/// The parts of objects: sets of 4-connected pixels. Pixels of an object that meet at a corner alone are
/// of one part only where another way leads from one to the other.
struct ObjectParts {
  /// How far a row of ``map`` is from the next.
  let stride: Int
  /// `[H + 2, W + 2]`: the number of the part that each pixel is of, from 1 in the order of their first
  /// pixels; 0 outside of objects, and in a margin of one pixel.
  let map: [Int32]
  /// The object of each part; index 0 is unused.
  let objects: [Int32]

  /// Two passes with a forest of equivalent numbers (Rosenfeld and Pfaltz, 1966).
  init(_ labelled: LabelledObjects, _ size: Size) {
    stride = size.width + 2
    var map = [Int32](repeating: 0, count: (size.height + 2) * stride)
    var forest = Forest()
    var pixel = 0
    for row in 1..<size.height + 1 {
      for place in row * stride + 1..<row * stride + 1 + size.width {
        let object = labelled.map[pixel]
        pixel += 1
        guard object > 0 else { continue }
        let (left, above) = (map[place - 1], map[place - stride])
        let isLeft = forest.objects[Int(left)] == object
        let isAbove = forest.objects[Int(above)] == object
        if isLeft, isAbove, left != above { forest.join(left, above) }
        map[place] = isLeft ? left : isAbove ? above : forest.add(object)
      }
    }
    let (numbers, objects) = forest.numbered()
    for place in map.indices where map[place] > 0 { map[place] = numbers[Int(map[place])] }
    (self.map, self.objects) = (map, objects)
  }

  /// Numbers that may turn out to be of one part.
  private struct Forest {
    private var parents: [Int32] = [0]
    private(set) var objects: [Int32] = [0]

    mutating func add(_ object: Int32) -> Int32 {
      parents.append(Int32(parents.count))
      objects.append(object)
      return parents[parents.count - 1]
    }

    /// The lower number, which is of the earlier pixel, stays.
    mutating func join(_ one: Int32, _ other: Int32) {
      let (one, other) = (root(one), root(other))
      parents[Int(max(one, other))] = min(one, other)
    }

    private mutating func root(_ number: Int32) -> Int32 {
      var number = Int(number)
      while parents[number] != number {
        parents[number] = parents[Int(parents[number])]
        number = Int(parents[number])
      }
      return Int32(number)
    }

    /// The part of each number, and the object of each part.
    func numbered() -> (parts: [Int32], objects: [Int32]) {
      var parts: [Int32] = [0]
      var objects: [Int32] = [0]
      for number in 1..<parents.count {
        if parents[number] == number {
          parts.append(Int32(objects.count))
          objects.append(self.objects[number])
        } else {
          parts.append(parts[Int(parents[number])])
        }
      }
      return (parts, objects)
    }
  }
}
