internal import CKernels
package import Datasets
package import Groundwork
internal import Learning

/// Instance segmentation: from below, where a network says of each pixel what it is and a decoder cuts these into
/// objects, or by a network that finds objects itself.
package struct InstancesTask: SegmentationTask {
  package static let name = "instances"
  package static let about = "Objects that are told apart, an id for each."
  package static let definition =
    "A line of a list names image, mask of classes and mask of ids: 16 bits, 0 where there is no object. "
    + "Objects without a pixel of a class are ignored, and pixels of a class but of no object are a crowd. "
    + "What a network learns is derived from the ids after augmentation. With decode: watershed any loss over "
    + "classes fits; decode: stardist and decode: flows have losses of these names, and decode: detections has those "
    + "of mask_rcnn."
  package static let fields =
    [decoding.declaration] + InstanceDecoders.all.flatMap { $0.fields } + [minimumArea.declaration]
  package static let example = "task: {instances: {decode: watershed, target: boundary}}"

  package static let fieldsOfPredictions = InstanceDecoders.all.flatMap { $0.fieldsOfPredictions }

  private static let decoding = Field<String>.name(
    "decode", default: WatershedDecoder.name, oneOf: InstanceDecoders.all.map { $0.name },
    "How objects follow from what a network says: flooded from the surest interiors, the surest star-convex "
      + "polygons, what flows to the same centre, or what the network has found itself, as mask_rcnn does."
  )
  private static let minimumArea = Field<Int>.integer(
    "min_area", default: 1, 1...1_000_000_000, unit: "pixels",
    "True objects of which augmentations leave fewer are ignored, and no smaller ones are predicted."
  )

  private let decoder: any InstanceDecoder
  private let minimumArea: Int

  package init(_ values: FieldValues) throws(ComponentError) {
    let chosen = values[Self.decoding]
    var decoder: any InstanceDecoder = WatershedDecoder(values)
    for type in InstanceDecoders.all {
      if type.name == chosen {
        decoder = type.init(values)
      } else if let stray = type.fields.first(where: { values.all[$0.name] != $0.fallback }) {
        throw ComponentError(
          field: stray.name, "is for decode: \(type.name), but decode is \(chosen): leave it out")
      }
    }
    self.decoder = decoder
    minimumArea = values[Self.minimumArea]
  }

  package var reading: any TruthReading {
    InstanceReading(task: Self.name, decoder: decoder, minimumArea: minimumArea)
  }

  package var findsObjects: Bool { type(of: decoder).findsObjects }

  package func check(classes: [String]) throws(ComponentError) {
    try decoder.check(classes: classes)
  }

  package func logitsChannels(classes: Int) -> Int {
    reading.trainedTruth(classes: classes).classes
  }

  package let decodesWholeImages = true
  package var decodesSingleLogits: Bool { !decoder.readsProbabilities }
  /// Distances and flows have directions, and distances are in pixels.
  package var allowsTestTimeAugmentation: Bool { decoder.readsProbabilities }

  package func decode(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    let shape = layout.shape
    let values = [Float].filled(count: shape.count) {
      ck_tta_add(
        layout.kernel, logits,
        ck_symmetry(transposes: 0, reverses_rows: 0, reverses_columns: 0),
        decoder.readsProbabilities ? 1 : 0, 1, $0, Int32(threads))
    }
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      parallel(threads: threads, units: shape.batch) { image, _ in
        decoder.objects(
          of: start + image * shape.channels * shape.area, channels: shape.channels, shape.size,
          minimumArea: minimumArea, threads: shape.batch == 1 ? threads : 1
        ).write(
          minimumArea: minimumArea, to: predictions + image * InstancePlanes.count * shape.area)
      }
    }
  }
}
