internal import Groundwork

/// The outlines of objects, to the pixel: to rasterize them gives the objects again.
///
/// Each part of an object is a polygon. Sides of pixels are followed with the part to the right of the
/// heading, as one sees it on a screen. Where four pixels meet of which two in a diagonal are of the part,
/// the way turns left, from one to the other: so no ring touches itself, and a hole that touches the
/// outside at a corner is a ring of its own. Takes time in proportion to the pixels and the sides.
struct ObjectOutlines {
  /// The polygons of each object, in the order of their first pixels; index 0 is unused.
  private(set) var polygons: [[Polygon]]

  init(_ objects: LabelledObjects, _ size: Size) {
    let parts = ObjectParts(objects, size)
    polygons = Array(repeating: [], count: objects.labels.count)
    var tracer = RingTracer(parts)
    // Where the polygon of a part is, among those of its object.
    var places = [Int?](repeating: nil, count: parts.objects.count)
    for row in 1..<size.height + 1 {
      for place in row * parts.stride + 1..<row * parts.stride + 1 + size.width
      where tracer.begins(at: place) {
        let part = Int(parts.map[place])
        let object = Int(parts.objects[part])
        let ring = tracer.ring(from: place)
        // The first side of a part lies on its exterior.
        if let polygon = places[part] {
          polygons[object][polygon].holes.append(ring)
        } else {
          places[part] = polygons[object].count
          polygons[object].append(Polygon(exterior: ring))
        }
      }
    }
  }
}

/// Follows the sides of pixels around parts.
private struct RingTracer {
  private let map: [Int32]
  private let stride: Int
  /// True where the upper side of the pixel is on a ring that has been traced.
  private var isTraced: [Bool]

  /// East, south, west and north: how far it is to the next corner, and from a corner, which is known by
  /// the pixel to the right of it and below, to the pixels ahead.
  private let step: [Int]
  private let aheadLeft: [Int]
  private let aheadRight: [Int]

  init(_ parts: ObjectParts) {
    (map, stride) = (parts.map, parts.stride)
    isTraced = Array(repeating: false, count: map.count)
    step = [1, stride, -1, -stride]
    aheadLeft = [-stride, 0, -1, -stride - 1]
    aheadRight = [0, -1, -stride - 1, -stride]
  }

  /// Tells whether the upper side of a pixel is on a ring that has not been traced.
  func begins(at place: Int) -> Bool {
    map[place] > 0 && map[place - stride] != map[place] && !isTraced[place]
  }

  /// The ring with the upper side of a pixel; of the sides of a ring the first in the order of the
  /// pixels, so that it begins at a corner.
  mutating func ring(from start: Int) -> [PixelCorner] {
    let part = map[start]
    var (place, heading) = (start, 0)
    var corners: [PixelCorner] = []
    repeat {
      corners.append(corner(place))
      var turn = 0
      repeat {
        if heading == 0 { isTraced[place] = true }
        place += step[heading]
        let isLeft = map[place + aheadLeft[heading]] == part
        let isRight = map[place + aheadRight[heading]] == part
        turn = isLeft ? 3 : isRight ? 0 : 1
      } while turn == 0
      heading = (heading + turn) & 3
    } while place != start || heading != 0
    return corners
  }

  private func corner(_ place: Int) -> PixelCorner {
    let (row, column) = place.quotientAndRemainder(dividingBy: stride)
    return PixelCorner(x: Int32(column - 1), y: Int32(row - 1))
  }
}
