internal import CKernels
package import Datasets
package import Groundwork
package import Learning

/// Instance segmentation: from below, where a network says of each pixel what it is and a decoder cuts these into
/// objects, or by a network that finds objects itself.
package struct InstancesTask: SegmentationTask {
  package static let name = "instances"
  package static let about = "Objects that are told apart, an id for each."
  package static let definition =
    "A line of a list names image, mask of classes and mask of ids: 16 bits, 0 where there is no object. "
    + "Objects without a pixel of a class are ignored, and pixels of a class but of no object are a crowd. "
    + "What a network learns is derived from the ids after augmentation: any loss over classes fits, or with "
    + "decode: detections the losses of mask_rcnn."
  package static let fields = [
    decoding.declaration, target.declaration, boundary.declaration, levels.declaration,
    foreground.declaration, seed.declaration, minimumArea.declaration,
  ]
  package static let example = "task: {instances: {decode: watershed, target: boundary}}"

  package static let fieldsOfPredictions = [foreground, seed].map(\.declaration.name)

  private static let decoding = Field<String>.name(
    "decode", default: "watershed", oneOf: ["watershed", "detections"],
    "How objects follow from what a network says: flooded from the surest interiors, or found by the network "
      + "itself, as mask_rcnn does.")
  private static let target = Field<String>.name(
    "target", default: "boundary", oneOf: ["boundary", "distance"],
    "What a network learns: the classes and the boundaries of objects, or the distance to their border."
  )
  private static let boundary = Field<Int>.integer(
    "boundary_width", default: 1, 1...50, unit: "pixels",
    "How wide boundaries are, inside of objects; for target: boundary.")
  private static let levels = Field<Int>.integer(
    "levels", default: 8, 2...64,
    "Into how many classes distances are divided; for target: distance.")
  private static let foreground = Field<Double>.number(
    "foreground_threshold", default: 0.5, Bounds(0...1),
    "The probability of an object above which a pixel is of one.")
  private static let seed = Field<Double>.number(
    "seed_threshold", default: 0.5, Bounds(0...1),
    "The probability of an interior, or the share of the greatest distance, above which a pixel is a seed."
  )
  private static let minimumArea = Field<Int>.integer(
    "min_area", default: 1, 1...1_000_000_000, unit: "pixels",
    "True objects of which augmentations leave fewer are ignored, and no smaller ones are predicted."
  )

  /// `nil` where the network finds objects itself.
  private let decoder: WatershedDecoder?
  private let minimumArea: Int

  package init(_ values: FieldValues) throws(ComponentError) {
    minimumArea = values[Self.minimumArea]
    guard values[Self.decoding] == "watershed" else {
      decoder = nil
      return
    }
    let target: InstanceTarget =
      values[Self.target] == "distance"
      ? .distance(levels: values[Self.levels]) : .boundary(width: values[Self.boundary])
    decoder = WatershedDecoder(
      target: target, foreground: Float(values[Self.foreground]), seed: Float(values[Self.seed]),
      minimumArea: minimumArea)
  }

  package var reading: any TruthReading {
    InstanceReading(task: Self.name, target: decoder?.target, minimumArea: minimumArea)
  }

  package var findsObjects: Bool { decoder == nil }

  package func check(classes: [String]) throws(ComponentError) {
    guard let decoder else { return }
    if case .distance = decoder.target, classes.count != 2 {
      throw ComponentError(
        field: Self.target.declaration.name,
        "distances tell no classes, but \(classes.count - 1) classes of objects are listed: use target: "
          + "boundary")
    }
    let names = decoder.target.names(classes: classes)
    if let repeated = classes.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ComponentError(
        field: Self.target.declaration.name,
        "what is learned has a label '\(repeated)' of its own: call the class otherwise")
    }
  }

  package func logitsChannels(classes: Int) -> Int {
    decoder == nil ? classes : reading.trainedTruth(classes: classes).classes
  }

  package var decodesSingleLogits: Bool { decoder == nil }

  package let decodesWholeImages = true

  package func decode(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    let shape = layout.shape
    guard let decoder else {
      parallel(threads: threads, units: shape.batch) { image, _ in
        DrawnObjects(minimumArea: minimumArea).decode(
          logits, layout, sample: image,
          into: predictions + image * InstancePlanes.count * shape.area)
      }
      return
    }
    let probabilities = [Float].filled(count: shape.count) {
      ck_tta_add(
        layout.kernel, logits,
        ck_symmetry(transposes: 0, reverses_rows: 0, reverses_columns: 0), 1, 1, $0,
        Int32(threads))
    }
    probabilities.withUnsafeBufferPointer { probabilities in
      guard let start = probabilities.baseAddress else { return }
      parallel(threads: threads, units: shape.batch) { image, _ in
        decoder.decode(
          start + image * shape.channels * shape.area, channels: shape.channels,
          shape.size, into: predictions + image * InstancePlanes.count * shape.area)
      }
    }
  }
}
