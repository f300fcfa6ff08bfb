internal import Groundwork

/// The numbers of ``MaskRCNN``. Where none is written, the convention's own holds.
struct MaskRCNNSettings: Sendable {
  let encoder: any Encoder
  let isMatterport: Bool
  let pyramidChannels: Int
  let denseChannels: Int
  private let scales: [Float]
  private let ratios: [Float]
  private let values: FieldValues

  init(_ values: FieldValues) throws(ComponentError) {
    encoder = values[Self.encoder]
    isMatterport = values[Self.convention] == "matterport"
    pyramidChannels = values[Self.pyramidChannels]
    denseChannels = values[Self.denseChannels]
    scales = try Self.numbers(values, Self.scales, count: 5)
    ratios = try Self.numbers(values, Self.ratios, count: nil)
    self.values = values
  }

  private static func numbers(
    _ values: FieldValues, _ field: Field<FieldValue>, count: Int?
  ) throws(ComponentError) -> [Float] {
    guard case .numbers(let numbers) = values[field] else {
      return field.declaration.name == scales.declaration.name
        ? [32, 64, 128, 256, 512] : [0.5, 1, 2]
    }
    guard !numbers.isEmpty, count == nil || numbers.count == count else {
      throw ComponentError(
        field: field.declaration.name,
        "there must be \(count.map { "\($0) numbers, one for each level" } ?? "a number")")
    }
    return numbers.map(Float.init)
  }

  /// What is written, or what the conventions have.
  private func number<Value: Sendable>(
    _ field: Field<Value?>, _ torchvision: Value, _ matterport: Value
  )
    -> Value
  {
    values[field] ?? (isMatterport ? matterport : torchvision)
  }
}

// MARK: - What the operations need

extension MaskRCNNSettings {
  func anchors(_ levels: [Size], of image: Size) -> AnchorGrid {
    AnchorGrid(
      levels: zip(levels, scales).map { level, scale in
        AnchorGrid.Level(
          extent: level,
          stride: Size(height: image.height / level.height, width: image.width / level.width),
          scale: scale)
      },
      ratios: isMatterport ? ratios.map { 1 / $0 } : ratios, isRounded: !isMatterport)
  }

  private static let deviations = BoxCoding(weights: [10, 10, 5, 5])

  var anchorCoding: BoxCoding {
    isMatterport ? Self.deviations : BoxCoding(weights: [1, 1, 1, 1])
  }

  var anchorSampling: ExampleSampling {
    ExampleSampling(
      count: values[Self.anchorsPerImage], positiveFraction: 0.5, foregroundOverlap: 0.7,
      backgroundOverlap: 0.3)
  }

  private var regionSampling: ExampleSampling {
    ExampleSampling(
      count: number(Self.regionsPerImage, 512, 200),
      positiveFraction: number(Self.positiveFraction, 0.25, 0.33), foregroundOverlap: 0.5,
      backgroundOverlap: 0.5)
  }

  func proposals(_ anchors: AnchorGrid, _ image: Size) -> Proposals {
    Proposals(
      anchors: anchors, coding: anchorCoding, image: image,
      training: .init(
        perLevel: number(Self.beforeTraining, 2000, 6000), kept: values[Self.keptTraining]),
      prediction: .init(
        perLevel: number(Self.beforePrediction, 1000, 6000), kept: values[Self.keptPrediction]),
      joinsLevels: isMatterport, suppressionOverlap: Float(values[Self.proposalOverlap]),
      sampling: regionSampling, targetCoding: Self.deviations)
  }

  func detections(_ image: Size) -> Detections {
    Detections(
      image: image, coding: Self.deviations, threshold: Float(number(Self.threshold, 0.05, 0.7)),
      suppressionOverlap: Float(number(Self.detectionOverlap, 0.5, 0.3)),
      most: values[Self.mostDetections], mostTrained: regionSampling.mostPositives,
      isOfOneClass: isMatterport)
  }
}

// MARK: - Fields

extension MaskRCNNSettings {
  static let fields = [
    encoder.declaration, convention.declaration, pyramidChannels.declaration,
    denseChannels.declaration, scales.declaration, ratios.declaration, proposalOverlap.declaration,
    anchorsPerImage.declaration, beforeTraining.declaration, beforePrediction.declaration,
    keptTraining.declaration, keptPrediction.declaration, regionsPerImage.declaration,
    positiveFraction.declaration, threshold.declaration, detectionOverlap.declaration,
    mostDetections.declaration,
  ]

  private static let counts = 1...100_000
  private static let encoder = Encoders.field(default: "resnet50")
    .alsoNamed("BACKBONE")
  private static let convention = Field<String>.name(
    "convention", default: "torchvision", oneOf: ["torchvision", "matterport"],
    "Whose choices are taken where torchvision and Matterport's Mask_RCNN differ.")
  private static let pyramidChannels = Field<Int>.integer(
    "out_channels", default: 256, 8...4096, "Channels of the levels of the pyramid."
  )
  .alsoNamed("TOP_DOWN_PYRAMID_SIZE")
  private static let denseChannels = Field<Int>.integer(
    "representation_size", default: 1024, 8...65_536,
    "Channels of the two dense layers that tell classes and boxes."
  )
  .alsoNamed("FPN_CLASSIF_FC_LAYERS_SIZE")
  private static let scales = Field<FieldValue>.numbersOrName(
    "anchor_sizes", default: .name("coco"), Bounds(above: 0), oneOf: ["coco"],
    "The sides of square anchors in pixels, one for each of the five levels; coco is 32 to 512."
  )
  .alsoNamed("RPN_ANCHOR_SCALES")
  private static let ratios = Field<FieldValue>.numbersOrName(
    "aspect_ratios", default: .name("coco"), Bounds(above: 0), oneOf: ["coco"],
    "The shapes of anchors: height / width, in convention: matterport width / height; coco is 0.5, 1 and 2."
  )
  .alsoNamed("RPN_ANCHOR_RATIOS")
  private static let anchorsPerImage = Field<Int>.integer(
    "rpn_batch_size_per_image", default: 256, counts,
    "Anchors of an image that are trained on, at most half of them objects."
  )
  .alsoNamed("RPN_TRAIN_ANCHORS_PER_IMAGE")
  private static let proposalOverlap = Field<Double>.number(
    "rpn_nms_thresh", default: 0.7, Bounds(0...1),
    "The overlap from which on a proposal suppresses a less sure one."
  )
  .alsoNamed("RPN_NMS_THRESHOLD")
  private static let beforeTraining = Field<Int>.integer(
    "rpn_pre_nms_top_n_train", counts,
    "Proposals of each level before suppression in training: 2000; in convention: matterport 6000 of all."
  ).alsoNamed("PRE_NMS_LIMIT").optional
  private static let beforePrediction = Field<Int>.integer(
    "rpn_pre_nms_top_n_test", counts,
    "The same in predictions: 1000, or 6000 of all."
  ).alsoNamed("PRE_NMS_LIMIT").optional
  private static let keptTraining = Field<Int>.integer(
    "rpn_post_nms_top_n_train", default: 2000, counts,
    "Proposals of an image after suppression in training."
  )
  .alsoNamed("POST_NMS_ROIS_TRAINING")
  private static let keptPrediction = Field<Int>.integer(
    "rpn_post_nms_top_n_test", default: 1000, counts,
    "Proposals of an image that are looked at in predictions; time and memory go with them."
  ).alsoNamed("POST_NMS_ROIS_INFERENCE")
  private static let regionsPerImage = Field<Int>.integer(
    "box_batch_size_per_image", counts,
    "Regions of an image that are trained on: 512, or 200 in convention: matterport."
  ).alsoNamed("TRAIN_ROIS_PER_IMAGE").optional
  private static let positiveFraction = Field<Double>.number(
    "box_positive_fraction", Bounds(0...1),
    "How many of them are of objects at most: 0.25, or 0.33 in convention: matterport."
  ).alsoNamed("ROI_POSITIVE_RATIO").optional
  private static let threshold = Field<Double>.number(
    "box_score_thresh", Bounds(0...1),
    "The score above which an object is found: 0.05, or 0.7 in convention: matterport."
  ).alsoNamed("DETECTION_MIN_CONFIDENCE").optional
  private static let detectionOverlap = Field<Double>.number(
    "box_nms_thresh", Bounds(0...1),
    "The overlap from which on an object suppresses a less sure one of its class: 0.5, or 0.3 in "
      + "convention: matterport."
  ).alsoNamed("DETECTION_NMS_THRESHOLD").optional
  private static let mostDetections = Field<Int>.integer(
    "box_detections_per_img", default: 100, counts, "Objects of an image that are found at most."
  )
  .alsoNamed("DETECTION_MAX_INSTANCES")
}
