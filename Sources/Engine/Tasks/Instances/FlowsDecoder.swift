internal import CKernels
internal import Datasets
internal import Groundwork
internal import Learning

/// Cuts objects by flows to their centres (Stringer, Wang, Michaelos and Pachitariu, "Cellpose: a generalist
/// algorithm for cellular segmentation", Nature Methods 2021).
///
/// Pixels whose probability is above `threshold` are carried by the flows; those that end near each other are
/// of one object. An object whose flows are not those of its shape is left out: where the mean over its pixels
/// of the squared differences, of both directions together, exceeds `error`.
struct FlowsDecoder: InstanceDecoder {
  static let name = "flows"
  static let fields = [
    thresholdField.declaration, errorField.declaration, stepsField.declaration,
  ]
  static let fieldsOfPredictions =
    [thresholdField, errorField].map(\.declaration.name) + [stepsField.declaration.name]

  private static let thresholdField = Field<Double>.number(
    "cell_probability_threshold", default: 0.5, Bounds(0...1),
    "The probability of an object above which a pixel is of one; for decode: flows."
  ).later
  private static let errorField = Field<Double>.number(
    "flow_threshold", default: 0.4, Bounds(atLeast: 0),
    "The mean squared difference between flows that are said and those of the object's shape above which it "
      + "is left out, 0 for none; for decode: flows."
  ).later
  private static let stepsField = Field<Int>.integer(
    "flow_steps", default: 200, 1...100_000, unit: "pixels",
    "How far flows carry a pixel; for decode: flows."
  ).later

  let threshold: Float
  let error: Double
  let steps: Int

  /// The pixels that end in one where an object begins.
  private static let leastEnds: Int32 = 11

  init(threshold: Float = 0.5, error: Double = 0.4, steps: Int = 200) {
    (self.threshold, self.error, self.steps) = (threshold, error, steps)
  }

  init(_ values: FieldValues) {
    self.init(
      threshold: Float(values[Self.thresholdField]), error: values[Self.errorField],
      steps: values[Self.stepsField])
  }

  var settings: String { "" }
  var readsProbabilities: Bool { false }

  func check(classes: [String]) throws(ComponentError) {
    try Self.requireOneClass(classes, field: "decode", "flows")
  }

  func target(classes: [String]) -> TrainingTarget? {
    TrainingTarget(
      names: ["object", "flow_down", "flow_right"], plane: InstancePlanes.ids, form: .flowObjects)
  }

  /// - Parameter values: the logits of the probability, and the flows down and right, times 5.
  func objects(
    of values: UnsafePointer<Float>, channels: Int, _ size: Size, minimumArea: Int, threads: Int
  ) -> CutObjects {
    let area = size.area
    let (height, width) = (Int32(size.height), Int32(size.width))
    let probabilities = [Float].filled(count: area) { ck_probabilities(values, 1, area, $0) }
    let isObject = probabilities.map { UInt8($0 > threshold ? 1 : 0) }
    let flows = (0..<2 * area).map { values[area + $0] / Float(CK_FLOW_SCALE) }
    let ends = [Int32].filled(count: area) {
      ck_flows_follow(flows, isObject, height, width, Int32(steps), $0, Int32(threads))
    }
    var scratch = [Int32](repeating: 0, count: 3 * area)
    var count = 0
    var map = [Int32].filled(count: area) {
      count = Int(ck_flows_gather(ends, height, width, Self.leastEnds, $0, &scratch))
    }
    // There are no ids for more.
    count = min(count, InstancePlanes.largestID)
    for pixel in 0..<area where map[pixel] > count { map[pixel] = 0 }
    if error > 0 { removeUnshapely(from: &map, count: count, flows, size) }
    return judged(map, count: count, probabilities)
  }

  private func removeUnshapely(
    from map: inout [Int32], count: Int, _ flows: [Float], _ size: Size
  ) {
    let (area, height, width) = (size.area, Int32(size.height), Int32(size.width))
    let ids = map.map { Label($0) }
    var scratch = [UInt8](repeating: 0, count: ck_flows_scratch(height, width))
    let shapely = [Float].filled(count: 2 * area) {
      ck_flows(ids, 1, height, width, $0, &scratch, 1)
    }
    var errors = [Double](repeating: 0, count: count + 1)
    var pixels = [Int](repeating: 0, count: count + 1)
    for pixel in 0..<area where map[pixel] > 0 {
      let down = Double(flows[pixel] - shapely[pixel])
      let right = Double(flows[area + pixel] - shapely[area + pixel])
      errors[Int(map[pixel])] += down * down + right * right
      pixels[Int(map[pixel])] += 1
    }
    for pixel in 0..<area where map[pixel] > 0 {
      let object = Int(map[pixel])
      if !(errors[object] <= error * Double(pixels[object])) { map[pixel] = 0 }
    }
  }

  /// The score of an object is its mean probability.
  private func judged(_ map: [Int32], count: Int, _ probabilities: [Float]) -> CutObjects {
    var sums = [Double](repeating: 0, count: count + 1)
    var pixels = [Int](repeating: 0, count: count + 1)
    for pixel in map.indices where map[pixel] > 0 {
      sums[Int(map[pixel])] += Double(probabilities[pixel])
      pixels[Int(map[pixel])] += 1
    }
    return CutObjects(
      map: map, classIDs: sums.indices.map { $0 == 0 ? 0 : 1 },
      scores: zip(sums, pixels).map { $0 / Double(max(1, $1)) })
  }
}
