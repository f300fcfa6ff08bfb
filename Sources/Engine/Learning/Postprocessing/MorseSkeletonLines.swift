package import Groundwork

/// Predicts thin lines along the ridges of the probabilities, across gaps that a threshold leaves.
package struct MorseSkeletonLines: Postprocessing {
  package static let name = "morse_skeleton"
  package static let about =
    "Predicts lines of one pixel along ridges of the probabilities, across gaps."
  package static let definition =
    "The discrete Morse skeleton of the probability of each class other than class 0: saddles of at least "
    + "`probability` that lie more than `persistence` below the lower of their two peaks, or above the higher of "
    + "the two valleys that they part, and the steepest ascents from them. The smaller both are, the more lines. "
    + "With `add: true` the lines are added to what is predicted, which joins what is broken; else they are all "
    + "that is predicted. A pixel on lines of two classes is of the more probable one."
  package static let fields = [
    persistence.declaration, probability.declaration, deviation.declaration, add.declaration,
  ]
  package static let example =
    "evaluation: {postprocessing: [{morse_skeleton: {persistence: 0.1, probability: 0.3}}]}"
  package static let reads = PostprocessingInput.probabilities

  static let persistence = Field.number(
    "persistence", default: 0.05, Bounds(0...1),
    "How much deeper a saddle lies than its lower peak, or higher than its higher valley.")
  static let probability = Field.number(
    "probability", default: 0.3, Bounds(0...1), "The least probability of a saddle.")
  static let deviation = Field.number(
    "deviation", default: 1, Bounds(0...20), unit: "pixels",
    "The standard deviation of the Gaussian that probabilities are smoothed with before; 0: none.")
  static let add = Field.boolean(
    "add", default: false, "Adds the lines to what is predicted, instead of replacing it.")

  private let skeleton: MorseSkeleton
  private let adds: Bool

  package init(_ values: FieldValues) throws(ComponentError) {
    skeleton = MorseSkeleton(
      persistence: Float(values[Self.persistence]), least: Float(values[Self.probability]),
      deviation: values[Self.deviation])
    adds = values[Self.add]
  }

  package func refine(_ probabilities: inout ImageProbabilities) {
    let (size, classes) = (probabilities.size, probabilities.classes)
    let labels = (probabilities.classesExclude ? 1 : 0)..<max(classes, 1)
    var lines = [[UInt8]](repeating: [], count: classes)
    lines.withUnsafeMutableBufferPointer { lines in
      let values = probabilities.values
      parallel(threads: probabilities.threads, units: labels.count) { unit, _ in
        let label = labels.lowerBound + unit
        lines[label] = skeleton.pixels(
          of: Array(values[label * size.area..<(label + 1) * size.area]), size)
      }
    }
    if probabilities.classesExclude {
      choose(lines, labels, &probabilities)
    } else {
      for place in probabilities.values.indices {
        let (label, pixel) = place.quotientAndRemainder(dividingBy: size.area)
        if lines[label][pixel] == 1 {
          probabilities.values[place] = 1
        } else if !adds {
          probabilities.values[place] = 0
        }
      }
    }
  }

  /// Gives each pixel on a line the probability 1 of the most probable class whose line it is on.
  private func choose(
    _ lines: [[UInt8]], _ labels: Range<Int>, _ probabilities: inout ImageProbabilities
  ) {
    let area = probabilities.size.area
    for pixel in 0..<area {
      var chosen: Int?
      for label in labels where lines[label][pixel] == 1 {
        let best = chosen.map { probabilities.values[$0 * area + pixel] } ?? -1
        if probabilities.values[label * area + pixel] > best { chosen = label }
      }
      guard chosen != nil || !adds else { continue }
      for label in 0..<probabilities.classes {
        probabilities.values[label * area + pixel] = label == chosen ?? 0 ? 1 : 0
      }
    }
  }
}
