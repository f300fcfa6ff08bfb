package import Groundwork

/// Strokes and points in place of full masks, as a person would draw them who has little time; all else is
/// ignored. They say what cheap labels would cost an experiment whose masks are there.
package struct Scribbles: Sendable {
  package enum Kind: Sendable {
    /// A stroke along each object, class 0 included: the middle of the longest way through it.
    case strokes(share: Double)
    /// A point inside of each object, and as many in class 0 as there are objects, at least one
    /// (Bearman, Russakovsky, Ferrari & Fei-Fei, "What's the Point", ECCV 2016).
    case points
  }

  package let kind: Kind
  /// Pixels.
  package let width: Int
  package let seed: UInt64

  package init(_ kind: Kind, width: Int, seed: UInt64) {
    (self.kind, self.width, self.seed) = (kind, width, seed)
  }

  /// - Parameter sample: the number of the image, which its draws follow from.
  /// - Returns: `[H, W]`.
  package func labels(of mask: ObjectsOfMask, sample: Int) -> [Label] {
    var random = RandomStream(seed: seed, purpose: .init("weak labels"), sample: sample)
    var drawn = [Label](repeating: Labels.ignoreIndex, count: mask.size.area)
    var walk = ObjectWalk(mask.size)
    for object in mask.objects {
      let inside = mask.inside(object)
      let start = inside[random.below(inside.count)]
      switch kind {
      case .strokes(let share):
        let way = walk.longestWay(in: inside, from: start)
        let dropped = Int(Double(way.count) * (1 - share) / 2)
        draw(way[dropped..<way.count - dropped], of: object, mask.size, &drawn)
      case .points where object.label > 0: draw([start], of: object, mask.size, &drawn)
      case .points: break
      }
    }
    if case .points = kind { drawBackground(mask, &random, &drawn) }
    return drawn
  }

  private func drawBackground(
    _ mask: ObjectsOfMask, _ random: inout RandomStream, _ drawn: inout [Label]
  ) {
    let parts = mask.objects.filter { $0.label == 0 }
    let inside = parts.flatMap { part in mask.inside(part).map { (place: $0, part: part) } }
    guard !inside.isEmpty else { return }
    for _ in 0..<max(1, mask.objects.count - parts.count) {
      let (place, part) = inside[random.below(inside.count)]
      draw([place], of: part, mask.size, &drawn)
    }
  }

  /// Draws a brush at each place, as far as it stays within the object.
  private func draw(
    _ places: some Sequence<Int>, of object: ObjectsOfMask.Object, _ size: Size,
    _ drawn: inout [Label]
  ) {
    let own = Set(object.places)
    let reach = (width - 1) / 2
    for place in places {
      let (row, column) = place.quotientAndRemainder(dividingBy: size.width)
      for y in row - reach..<row - reach + width where (0..<size.height).contains(y) {
        for x in column - reach..<column - reach + width where (0..<size.width).contains(x) {
          if own.contains(y * size.width + x) { drawn[y * size.width + x] = object.label }
        }
      }
    }
  }
}
