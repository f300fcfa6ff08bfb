internal import CKernels
internal import Datasets
internal import Groundwork
internal import Learning

/// Cuts objects as star-convex polygons (Schmidt, Weigert, Broaddus and Myers, "Cell Detection with
/// Star-convex Polygons", MICCAI 2018).
///
/// Each pixel whose probability is above `threshold` proposes a polygon around itself, the surest first. One
/// is left out where it shares more than `overlap` of the smaller of the two with a polygon that was taken
/// before: their pixels are counted. Pixels in several polygons are of the surest.
struct StarDistDecoder: InstanceDecoder {
  static let name = "stardist"
  static let fields = [
    raysField.declaration, thresholdField.declaration, overlapField.declaration,
  ]
  static let fieldsOfPredictions = [thresholdField, overlapField].map(\.declaration.name)

  private static let raysField = Field<Int>.integer(
    "rays", default: 32, 4...256,
    "In how many directions the outline of an object is measured; for decode: stardist."
  ).later
  private static let thresholdField = Field<Double>.number(
    "prob_threshold", default: 0.5, Bounds(0...1),
    "The probability above which a pixel proposes an object; for decode: stardist."
  ).later
  private static let overlapField = Field<Double>.number(
    "nms_threshold", default: 0.4, Bounds(0...1),
    "The share of the smaller of two objects above which the less sure one is left out, by non-maximum "
      + "suppression; for decode: stardist."
  ).later

  let rays: StarRays
  let threshold: Float
  let overlap: Double

  init(rays: Int = 32, threshold: Float = 0.5, overlap: Double = 0.4) {
    (self.rays, self.threshold, self.overlap) = (StarRays(count: rays), threshold, overlap)
  }

  init(_ values: FieldValues) {
    self.init(
      rays: values[Self.raysField], threshold: Float(values[Self.thresholdField]),
      overlap: values[Self.overlapField])
  }

  var settings: String { "\(rays.count)" }
  var readsProbabilities: Bool { false }

  func check(classes: [String]) throws(ComponentError) {
    try Self.requireOneClass(classes, field: "decode", "polygons")
  }

  func target(classes: [String]) -> TrainingTarget? {
    TrainingTarget(
      names: ["object"] + (0..<rays.count).map { "ray_\($0)" }, plane: InstancePlanes.ids,
      form: .starObjects)
  }

  /// - Parameter values: the logits of the probability, and the reach along each ray in pixels.
  func objects(
    of values: UnsafePointer<Float>, channels: Int, _ size: Size, minimumArea: Int, threads: Int
  ) -> CutObjects {
    let area = size.area
    let probabilities = [Float].filled(count: area) { ck_probabilities(values, 1, area, $0) }
    let candidates = probabilities.indices.filter { probabilities[$0] > threshold }
      .sorted {
        (-probabilities[$0], $0) < (-probabilities[$1], $1)
      }
    var taken = StarPolygons(rays, size)
    var scores = [0.0]
    var reach = [Float](repeating: 0, count: rays.count)
    for pixel in candidates {
      for ray in 0..<rays.count { reach[ray] = values[(1 + ray) * area + pixel] }
      guard taken.add(pixel, reach, minimumArea: minimumArea, overlap: overlap) else { continue }
      scores.append(Double(probabilities[pixel]))
      if taken.count == InstancePlanes.largestID { break }
    }
    return CutObjects(
      map: taken.painted(), classIDs: scores.indices.map { $0 == 0 ? 0 : 1 }, scores: scores)
  }
}

/// Polygons of an image that share little with each other, as sets of pixels.
struct StarPolygons {
  private let rays: StarRays
  private let size: Size
  private var polygons: [(box: ck_star_box, bits: [UInt64], pixels: Int)] = []
  /// For each square of 64 × 64 pixels the polygons whose boxes reach into it.
  private var squares: [[Int]]
  private let squaresInRow: Int
  private var crossings: [Float]

  private static let side = 64

  init(_ rays: StarRays, _ size: Size) {
    (self.rays, self.size) = (rays, size)
    squaresInRow = (size.width + Self.side - 1) / Self.side
    squares = Array(
      repeating: [], count: (size.height + Self.side - 1) / Self.side * squaresInRow)
    crossings = Array(repeating: 0, count: rays.count)
  }

  var count: Int { polygons.count }

  /// - Parameters:
  ///   - pixel: its centre.
  ///   - reach: along each ray, in pixels.
  /// - Returns: whether it was taken.
  mutating func add(_ pixel: Int, _ reach: [Float], minimumArea: Int, overlap: Double) -> Bool {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
    let (height, width) = (Int32(size.height), Int32(size.width))
    let box = ck_star_find_box(
      Int32(row), Int32(column), reach, rays.directions, Int32(rays.count), height, width)
    var pixels = 0
    let bits = [UInt64].filled(count: Int(box.rows) * Int(box.words)) {
      pixels = ck_star_fill(
        Int32(row), Int32(column), reach, rays.directions, Int32(rays.count), height, width, box,
        $0, &crossings)
    }
    guard pixels >= max(1, minimumArea) else { return false }
    let reached = reachedSquares(box)
    for square in reached {
      for number in squares[square] {
        let other = polygons[number]
        let shared = ck_star_shared(box, bits, other.box, other.bits)
        if Double(shared) > overlap * Double(min(pixels, other.pixels)) { return false }
      }
    }
    for square in reached { squares[square].append(polygons.count) }
    polygons.append((box, bits, pixels))
    return true
  }

  private func reachedSquares(_ box: ck_star_box) -> [Int] {
    let rows = Int(box.top) / Self.side...Int(box.top + box.rows - 1) / Self.side
    return rows.flatMap { row in
      (Int(box.word)..<Int(box.word + box.words)).map { row * squaresInRow + $0 }
    }
  }

  /// `[H, W]`: the number, from 1, of the first polygon that a pixel is in, 0 where it is in none.
  func painted() -> [Int32] {
    var map = [Int32](repeating: 0, count: size.area)
    for (number, polygon) in polygons.enumerated() {
      ck_star_paint(polygon.box, polygon.bits, Int32(size.width), Int32(number + 1), &map)
    }
    return map
  }
}
