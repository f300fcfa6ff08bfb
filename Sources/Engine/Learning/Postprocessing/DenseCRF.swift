package import Groundwork

/// Lets pixels that lie near each other and have similar colours be of one class.
package struct DenseCRF: Postprocessing {
  package static let name = "dense_crf"
  package static let about = "Draws borders of classes to edges of the image (fully connected CRF)."
  package static let definition =
    "Mean-field inference in a fully connected conditional random field with Potts compatibility "
    + "(Krähenbühl & Koltun, 2011), on a permutohedral lattice: every pixel is drawn to the classes of others "
    + "by bilateral_weight times a Gaussian of their distance and of the difference of their colors, and by "
    + "gaussian_weight times a Gaussian of their distance alone. Where a pixel may be of several classes, each "
    + "class has a field of its own. The defaults lie within what DeepLab (2015) searched."
  package static let fields = [
    bilateralWeight.declaration, bilateralDeviation.declaration, colourDeviation.declaration,
    gaussianWeight.declaration, gaussianDeviation.declaration, iterations.declaration,
  ]
  package static let example = "evaluation: {postprocessing: [{dense_crf: {bilateral_weight: 5}}]}"
  package static let reads = PostprocessingInput.image

  static let bilateralWeight = Field.number(
    "bilateral_weight", default: 4, Bounds(0...100), "Of pixels that are near and of similar color."
  )
  static let bilateralDeviation = Field.number(
    "bilateral_deviation", default: 50, Bounds(0.1...1000), unit: "pixels",
    "The standard deviation of the distance there.")
  static let colourDeviation = Field.number(
    "color_deviation", default: 5, Bounds(0.1...255), unit: "levels of 255",
    "The standard deviation of the difference in color.")
  static let gaussianWeight = Field.number(
    "gaussian_weight", default: 3, Bounds(0...100), "Of pixels that are near, whatever their color."
  )
  static let gaussianDeviation = Field.number(
    "gaussian_deviation", default: 3, Bounds(0.1...1000), unit: "pixels",
    "The standard deviation of the distance there.")
  static let iterations = Field.integer(
    "iterations", default: 10, 1...100, "How often all pixels are updated.")

  private let inference: DenseCRFInference

  package init(_ values: FieldValues) throws(ComponentError) {
    inference = DenseCRFInference(
      bilateralWeight: Float(values[Self.bilateralWeight]),
      bilateralDeviation: Float(values[Self.bilateralDeviation]),
      colourDeviation: Float(values[Self.colourDeviation]),
      gaussianWeight: Float(values[Self.gaussianWeight]),
      gaussianDeviation: Float(values[Self.gaussianDeviation]),
      iterations: values[Self.iterations])
  }

  /// With nothing written.
  package static func standard() throws(ComponentError) -> DenseCRF {
    try DenseCRF(FieldValues([:], of: fields))
  }

  package func refine(_ probabilities: inout ImageProbabilities) {
    guard let image = probabilities.image else { preconditionFailure("no image is given") }
    guard !probabilities.classesExclude else {
      return refine(&probabilities.values, probabilities, image)
    }
    let area = probabilities.size.area
    for label in 0..<probabilities.classes {
      let plane = label * area..<(label + 1) * area
      let member = Array(probabilities.values[plane])
      var field = member.map { 1 - $0 } + member
      refine(&field, probabilities, image)
      probabilities.values.replaceSubrange(plane, with: field[area...])
    }
  }

  /// - Parameter values: `[K, H, W]`, which add up to 1 at each pixel.
  private func refine(
    _ values: inout [Float], _ probabilities: ImageProbabilities, _ image: Raster
  ) {
    let size = probabilities.size
    let classes = values.count / max(1, size.area)
    let isDone = values.withUnsafeMutableBufferPointer { values in
      values.baseAddress.map {
        inference.refine(
          $0, classes: classes, size: size, image: image.pixels, channels: image.channels,
          threads: probabilities.threads)
      } ?? true
    }
    guard isDone else {
      MemoryShortage.end("out of memory: a dense CRF over \(size) needs more than there is")
    }
  }
}
