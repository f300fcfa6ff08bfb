@testable import Groundwork
@testable import Learning
import Testing

@Suite("Outlines of objects")
struct ObjectOutlinesTests {
  static let maps = DrawnLabels.patterns + DrawnLabels.samples

  @Test("a pixel's centre is within the polygons of its object, by the even-odd rule, and no other")
  func rasterized() {
    for map in Self.maps {
      for (index, object) in map.objects.enumerated() {
        let mask = map.mask(of: index + 1)
        for pixel in mask.indices {
          let (row, column) = pixel.quotientAndRemainder(dividingBy: map.size.width)
          let around = object.polygons.count { $0.hasInside(row: row, column: column) }
          #expect(around == (mask[pixel] ? 1 : 0), "\(map.labels) \(map.size)")
        }
      }
    }
  }

  @Test("rings are simple, with no corner on the line between its neighbours")
  func simple() {
    for map in Self.maps {
      for ring in map.objects.flatMap(\.polygons).flatMap(\.rings) {
        #expect(Set(ring).count == ring.count, "\(map.labels) \(map.size)")
        #expect(ring.sides.allSatisfy { ($0.x == $1.x) != ($0.y == $1.y) })
        // Sides turn at every corner.
        let isAcross = ring.sides.map { $0.y == $1.y }
        #expect(isAcross.indices.allSatisfy { isAcross[$0] != isAcross[($0 + 1) % isAcross.count] })
      }
    }
  }

  @Test("exteriors have a signed area above 0 and holes one below, and together that of the pixels")
  func orientation() {
    for map in Self.maps {
      for object in map.objects {
        for polygon in object.polygons {
          #expect(polygon.exterior.signedArea > 0)
          #expect(polygon.holes.allSatisfy { $0.signedArea < 0 })
        }
        let area = object.polygons.flatMap(\.rings).reduce(0) { $0 + $1.signedArea }
        #expect(area == object.pixels)
      }
    }
  }

  @Test("parts that meet at a corner are polygons of their own, and rings touch at corners alone")
  func corners() {
    let diagonal = DrawnLabels("1.\n.1").objects
    #expect(diagonal.map { $0.polygons.map(\.exterior.count) } == [[4, 4]])
    let closed = DrawnLabels("111\n1.1\n11.").objects[0].polygons
    #expect(closed.map(\.holes.count) == [1], "the hole touches the outside at a corner")
    let holes = DrawnLabels("1111\n1.11\n11.1\n1111").objects[0].polygons
    #expect(holes.map { $0.holes.map(\.count) } == [[4, 4]])
    let island = DrawnLabels("11111\n1...1\n1.1.1\n1...1\n11111").objects
    #expect(island.map { $0.polygons.map(\.holes.count) } == [[1], [0]])
  }

  @Test("the corners of a pixel are those of its square, from the upper left, y pointing down")
  func square() {
    let ring = DrawnLabels("...\n..1").objects[0].polygons[0].exterior
    #expect(ring.map { [$0.x, $0.y] } == [[2, 1], [3, 1], [3, 2], [2, 2]])
  }
}

extension Polygon {
  /// True where a ray from the centre of the pixel to the right crosses the rings an odd number of
  /// times.
  fileprivate func hasInside(row: Int, column: Int) -> Bool {
    var crossings = 0
    for (corner, next) in rings.flatMap(\.sides) where corner.x == next.x && corner.x > column {
      if (corner.y > row) != (next.y > row) { crossings += 1 }
    }
    return crossings % 2 == 1
  }
}

extension [PixelCorner] {
  /// Each corner with the next one.
  fileprivate var sides: [(PixelCorner, PixelCorner)] {
    indices.map { (self[$0], self[($0 + 1) % count]) }
  }

  /// The shoelace formula.
  fileprivate var signedArea: Int {
    var sum = 0
    for (corner, next) in sides { sum += Int(corner.x) * Int(next.y) - Int(next.x) * Int(corner.y) }
    return sum / 2
  }
}
