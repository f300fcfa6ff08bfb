internal import CKernels
internal import Datasets
internal import Groundwork
internal import Learning

/// Cuts the foreground of an image into objects.
///
/// Pixels whose probability of the background is below 1 − `foreground` are of some object. Those whose
/// interior is above `seed` are seeds, an object for each 8-connected set of them; the rest is flooded from
/// there, the surest interior first. What no seed reaches is an object by itself.
struct WatershedDecoder: InstanceDecoder {
  static let name = "watershed"
  static let fields = [
    target.declaration, boundary.declaration, levels.declaration, foregroundField.declaration,
    seedField.declaration,
  ]
  static let fieldsOfPredictions = [foregroundField, seedField].map(\.declaration.name)

  private static let target = Field<String>.name(
    "target", default: "boundary", oneOf: ["boundary", "distance"],
    "What a network learns: the classes and the boundaries of objects, or the distance to their border; "
      + "for decode: watershed."
  )
  private static let boundary = Field<Int>.integer(
    "boundary_width", default: 1, 1...50, unit: "pixels",
    "How wide boundaries are, inside of objects; for target: boundary.")
  private static let levels = Field<Int>.integer(
    "levels", default: 8, 2...64,
    "Into how many classes distances are divided; for target: distance.")
  private static let foregroundField = Field<Double>.number(
    "foreground_threshold", default: 0.5, Bounds(0...1),
    "The probability of an object above which a pixel is of one; for decode: watershed.")
  private static let seedField = Field<Double>.number(
    "seed_threshold", default: 0.5, Bounds(0...1),
    "The probability of an interior, or the share of the greatest distance, above which a pixel is a seed; "
      + "for decode: watershed.")

  let target: WatershedTarget
  /// Thresholds of probabilities.
  let foreground: Float
  let seed: Float

  init(target: WatershedTarget, foreground: Float = 0.5, seed: Float = 0.5) {
    (self.target, self.foreground, self.seed) = (target, foreground, seed)
  }

  init(_ values: FieldValues) {
    self.init(
      target: values[Self.target] == "distance"
        ? .distance(levels: values[Self.levels]) : .boundary(width: values[Self.boundary]),
      foreground: Float(values[Self.foregroundField]), seed: Float(values[Self.seedField]))
  }

  var settings: String { "\(target)" }
  var readsProbabilities: Bool { true }

  func check(classes: [String]) throws(ComponentError) {
    let field = Self.target.declaration.name
    if case .distance = target, classes.count != 2 {
      throw ComponentError(
        field: field,
        "distances tell no classes, but \(classes.count - 1) classes of objects are listed: use target: "
          + "boundary")
    }
    let names = target.names(classes: classes)
    if let repeated = classes.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ComponentError(
        field: field,
        "what is learned has a label '\(repeated)' of its own: call the class otherwise")
    }
  }

  func target(classes: [String]) -> TrainingTarget? {
    TrainingTarget(names: target.names(classes: classes), plane: InstancePlanes.targets)
  }

  func writeTarget(
    ids: UnsafePointer<Label>, classes: UnsafePointer<Label>, count: Int, size: Size,
    to labels: UnsafeMutablePointer<Label>
  ) {
    target.write(ids: ids, classes: classes, size: size, boundary: Label(count), to: labels)
  }

  /// - Parameter values: probabilities of the labels of the target.
  func objects(
    of values: UnsafePointer<Float>, channels: Int, _ size: Size, minimumArea: Int, threads: Int
  ) -> CutObjects {
    let area = size.area
    let interiors = interiors(values, channels: channels, area: area)
    let isFlooded = (0..<area).map { 1 - values[$0] > foreground }
    let seeds = Self.objects((0..<area).map { isFlooded[$0] && interiors[$0] > seed }, size)
    var basins = Watershed.flood(
      interiors.map { -$0 }, from: seeds.map, within: isFlooded, size)
    let others = Self.objects((0..<area).map { isFlooded[$0] && basins[$0] == 0 }, size)
    for pixel in 0..<area where others.map[pixel] > 0 {
      basins[pixel] = Int32(seeds.count) + others.map[pixel]
    }
    return judged(basins, count: seeds.count + others.count, values, channels: channels, area: area)
  }

  /// `[H, W]`: how surely each pixel is inside of an object, 0…1.
  private func interiors(
    _ probabilities: UnsafePointer<Float>, channels: Int, area: Int
  ) -> [Float] {
    var interiors = [Float](repeating: 0, count: area)
    for (channel, weight) in target.interiorWeights(channels: channels) {
      let plane = probabilities + channel * area
      for pixel in 0..<area { interiors[pixel] += weight * plane[pixel] }
    }
    return interiors
  }

  /// The 8-connected sets of pixels, numbered from 1 in the order of their first pixels.
  private static func objects(_ isSet: [Bool], _ size: Size) -> (map: [Int32], count: Int) {
    let labels = isSet.map { Label($0 ? 1 : 0) }
    var map = [Int32](repeating: 0, count: size.area)
    var parents = map
    let count = ck_objects(labels, Int32(size.height), Int32(size.width), 1, &map, &parents)
    return (map, Int(count))
  }

  /// Objects are of the class that is most probable in all of them; their score is the mean probability of
  /// the foreground.
  private func judged(
    _ basins: [Int32], count: Int, _ probabilities: UnsafePointer<Float>, channels: Int, area: Int
  ) -> CutObjects {
    let classes = target.classChannels(channels: channels)
    var pixels = [Int](repeating: 0, count: count + 1)
    var foregrounds = [Double](repeating: 0, count: count + 1)
    var sums = [Double](repeating: 0, count: (count + 1) * classes.count)
    for pixel in 0..<area where basins[pixel] > 0 {
      let object = Int(basins[pixel])
      pixels[object] += 1
      foregrounds[object] += Double(1 - probabilities[pixel])
      for (place, channel) in classes.enumerated() {
        sums[object * classes.count + place] += Double(probabilities[channel * area + pixel])
      }
    }
    var objects = CutObjects(map: basins, classIDs: [0], scores: [0])
    for object in 0..<count {
      let own = sums[(object + 1) * classes.count..<(object + 2) * classes.count]
      let surest = own.indices.max { own[$0] < own[$1] } ?? own.startIndex
      objects.classIDs.append(Label(surest - own.startIndex + 1))
      objects.scores.append(foregrounds[object + 1] / Double(max(1, pixels[object + 1])))
    }
    return objects
  }
}

extension WatershedTarget {
  /// What the probabilities of channels say of the interior.
  fileprivate func interiorWeights(channels: Int) -> [(channel: Int, weight: Float)] {
    switch self {
    case .boundary: (1..<channels - 1).map { ($0, 1) }
    case .distance(let levels): (1...levels).map { ($0, Float($0) / Float(levels)) }
    }
  }

  /// The channels of the classes from 1 on; one, where the target does not tell them.
  fileprivate func classChannels(channels: Int) -> Range<Int> {
    switch self {
    case .boundary: 1..<channels - 1
    case .distance: 1..<2
    }
  }
}
