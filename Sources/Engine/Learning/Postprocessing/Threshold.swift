package import Groundwork

/// Predicts a class from a probability on that is not the one where it becomes the most probable.
package struct Threshold: Postprocessing {
  package static let name = "threshold"
  package static let about = "Predicts a class from a chosen probability on."
  package static let definition =
    "A pixel is of the most probable of those classes other than class 0 whose probability is at least the "
    + "threshold, and of class 0 where there is none. Where a pixel may be of several classes, it is of "
    + "each whose probability is at least the threshold."
  package static let fields = [probability.declaration]
  package static let example = "evaluation: {postprocessing: [{threshold: {probability: 0.3}}]}"
  package static let reads = PostprocessingInput.probabilities

  static let probability = Field.number(
    "probability", default: 0.5, Bounds(0...1), "The least probability of a class.")

  let probability: Float

  package init(_ values: FieldValues) throws(ComponentError) {
    probability = Float(values[Self.probability])
  }

  package func refine(_ probabilities: inout ImageProbabilities) {
    guard probabilities.classesExclude else {
      probabilities.values = probabilities.values.map { $0 >= probability ? 1 : 0 }
      return
    }
    let (area, classes) = (probabilities.size.area, probabilities.classes)
    for pixel in 0..<area {
      var isAnything = false
      for label in 1..<max(1, classes) {
        let place = label * area + pixel
        if probabilities.values[place] >= probability {
          isAnything = true
        } else {
          probabilities.values[place] = 0
        }
      }
      probabilities.values[pixel] = isAnything ? 0 : 1
    }
  }
}
