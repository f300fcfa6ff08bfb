import CKernels
@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Tasks

/// Objects of `make_golden_objects.py`, and what stardist and the definition of flows make of them.
struct GoldenObjects: Decodable {
  let height: Int
  let width: Int
  let rays: Int
  /// `[H, W]`.
  let ids: [Label]
  /// `[H, W]`.
  let probabilities: [Float]
  /// `[R, H, W]`.
  let distances: [Float]
  /// `[2, H, W]`.
  let flows: [Float]

  static func load() throws -> GoldenObjects {
    try Fixture.decode(GoldenObjects.self, from: "golden-objects.json")
  }

  var size: Size { Size(height: height, width: width) }
}

/// Objects as pixels, and what decoders make of them.
struct DrawnObjects {
  let size: Size
  /// `[H, W]`.
  var ids: [Label]

  /// Ellipses by row, column, half axes and angle; later ones take nothing from earlier ones.
  init(_ size: Size, _ ellipses: [(Double, Double, Double, Double, cosine: Double)]) {
    self.size = size
    ids = (0..<size.area).map { pixel in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
      let number = ellipses.firstIndex { ellipse in
        let (y, x) = (Double(row) - ellipse.0, Double(column) - ellipse.1)
        let (cosine, sine) = (
          ellipse.cosine, (1 - ellipse.cosine * ellipse.cosine).squareRoot()
        )
        let (u, v) = ((y * cosine + x * sine) / ellipse.2, (x * cosine - y * sine) / ellipse.3)
        return u * u + v * v <= 1
      }
      return number.map { Label(40 + $0) } ?? 0
    }
  }

  /// Discs and ellipses, most of which touch others.
  static let touching = DrawnObjects(
    Size(height: 64, width: 90),
    [
      (14, 14, 10, 10, cosine: 1), (14, 33, 10, 9, cosine: 1), (16, 55, 8, 13, cosine: 0.8),
      (44, 20, 14, 9, cosine: 0.6), (47, 44, 12, 12, cosine: 1), (45, 68, 10, 14, cosine: 0.9),
      (12, 80, 7, 7, cosine: 1),
    ])

  /// Logits `[1 + R, H, W]` of what stardist learns of them.
  func starLogits(_ rays: StarRays) -> [Float] {
    let (height, width) = (Int32(size.height), Int32(size.width))
    var squared = [Int32](repeating: 0, count: size.area)
    var scratch = [UInt8](repeating: 0, count: ck_distance_scratch(height, width))
    var greatest = [Int32](repeating: 0, count: 65_536)
    ck_distance_to_others(ids, 1, height, width, &squared, &scratch, 1)
    let probabilities = [Float].filled(count: size.area) {
      ck_star_probabilities(ids, squared, 1, size.area, &greatest, $0)
    }
    let distances = [Float].filled(count: rays.count * size.area) {
      ck_star_distances(ids, 1, height, width, rays.directions, Int32(rays.count), $0, 1)
    }
    // A share of 1 − e is above any threshold that the tests set.
    return probabilities.map { p in
      p <= 0 ? -20 : p >= 1 ? 20 : Float(PortableMath.logarithm(Double(p) / Double(1 - p)))
    } + distances
  }

  /// Logits `[3, H, W]` of what is learned of their flows.
  func flowLogits() -> [Float] {
    let (height, width) = (Int32(size.height), Int32(size.width))
    var scratch = [UInt8](repeating: 0, count: ck_flows_scratch(height, width))
    let flows = [Float].filled(count: 2 * size.area) {
      ck_flows(ids, 1, height, width, $0, &scratch, 1)
    }
    return ids.map { $0 > 0 ? 8 : -8 } + flows.map { 5 * $0 }
  }

  /// The IoU of each object, by id, with the predicted one that it shares most with.
  func agreement(with planes: [Label]) -> [Double] {
    let found = Array(planes[size.area..<2 * size.area])
    return Set(ids.filter { $0 > 0 }).sorted().map { id in
      var shared: [Label: Int] = [:]
      for pixel in ids.indices where ids[pixel] == id && found[pixel] > 0 {
        shared[found[pixel], default: 0] += 1
      }
      guard let best = shared.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return 0 }
      let all = ids.count { $0 == id } + found.count { $0 == best.key } - best.value
      return Double(best.value) / Double(all)
    }
  }
}

extension InstanceDecoder {
  /// `[3, H, W]` of the values `[C, H, W]` of an image.
  func planes(
    of values: [Float], _ size: Size, minimumArea: Int = 1, threads: Int = 1
  ) -> [Label] {
    [Label].filled(count: InstancePlanes.count * size.area) { planes in
      values.withUnsafeBufferPointer {
        objects(
          of: $0.baseAddress!, channels: values.count / size.area, size, minimumArea: minimumArea,
          threads: threads
        ).write(minimumArea: minimumArea, to: planes)
      }
    }
  }
}
