internal import Groundwork

/// A number of COCO's detection evaluation, over the masks of objects; see ``COCOEvaluation``.
protocol COCOMetric: InstanceMetric {
  static var thresholds: [Double] { get }
  static var areas: COCOEvaluation.Areas { get }
  var maximumDetections: Int { get }
  init(maximumDetections: Int)
  /// By threshold.
  static func values(_ curves: COCOEvaluation.Curves) -> [Double]
}

private let maximumDetectionsField = Field<Int>.integer(
  "max_detections", default: 100, 1...1_000_000,
  "How many predictions of a class count in an image, the surest first; COCO has 100.")

extension COCOMetric {
  package static var fields: [FieldDeclaration] { [maximumDetectionsField.declaration] }
  package static var example: String { "evaluation: {metrics: [\(name)]}" }
  package static var judgesImages: Bool { false }
  static var thresholds: [Double] { COCOEvaluation.standardThresholds }
  static var areas: COCOEvaluation.Areas { .all }
  static func values(_ curves: COCOEvaluation.Curves) -> [Double] { curves.precisions }

  package init(_ values: FieldValues) {
    self.init(maximumDetections: values[maximumDetectionsField])
  }

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    let evaluation = COCOEvaluation(
      thresholds: Self.thresholds, areas: Self.areas, maximumDetections: maximumDetections)
    return mean(ofClasses: classes) { classID in
      evaluation.curves(of: classID, in: images).map { Self.values($0).meanOfNumbers } ?? .nan
    }
  }
}

/// AP of COCO: the mean over ten thresholds of the IoU, from 0.50 to 0.95, and over classes.
package struct COCOAveragePrecision: COCOMetric {
  package static let name = "coco_ap"
  package static let title = "AP"
  package static let otherNames = ["segm_map"]
  package static let about = "Average precision of objects over IoU from 0.50 to 0.95, as COCO's."
  package static let definition =
    "Of masks, equal to pycocotools. Ignored pixels are a crowd; a class without a true object is left "
    + "out."
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }
}

/// AP of COCO where half of the union is enough.
package struct COCOAveragePrecision50: COCOMetric {
  package static let name = "coco_ap50"
  package static let title = "AP@0.50"
  package static let otherNames = ["segm_map_50"]
  package static let about = "Average precision of objects at an IoU of 0.50, as COCO's."
  static let thresholds = [0.5]
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }
}

/// AP of COCO where three quarters of the union are needed.
package struct COCOAveragePrecision75: COCOMetric {
  package static let name = "coco_ap75"
  package static let title = "AP@0.75"
  package static let otherNames = ["segm_map_75"]
  package static let about = "Average precision of objects at an IoU of 0.75, as COCO's."
  static let thresholds = [COCOEvaluation.standardThresholds[5]]
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }
}

/// AP of COCO of objects of up to 32² pixels.
package struct COCOAveragePrecisionSmall: COCOMetric {
  package static let name = "coco_ap_small"
  package static let title = "AP small"
  package static let about = "Average precision of objects of up to 32×32 pixels, as COCO's."
  static let areas = COCOEvaluation.Areas.small
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }
}

/// AP of COCO of objects of 32² to 96² pixels.
package struct COCOAveragePrecisionMedium: COCOMetric {
  package static let name = "coco_ap_medium"
  package static let title = "AP medium"
  package static let about = "Average precision of objects of 32×32 to 96×96 pixels, as COCO's."
  static let areas = COCOEvaluation.Areas.medium
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }
}

/// AP of COCO of objects of 96² pixels or more.
package struct COCOAveragePrecisionLarge: COCOMetric {
  package static let name = "coco_ap_large"
  package static let title = "AP large"
  package static let about = "Average precision of objects of 96×96 pixels or more, as COCO's."
  static let areas = COCOEvaluation.Areas.large
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }
}

/// AR of COCO: the share of the true objects that are found, the mean over ten thresholds and classes.
package struct COCOAverageRecall: COCOMetric {
  package static let name = "coco_ar"
  package static let title = "AR"
  package static let about = "Average recall of objects over IoU from 0.50 to 0.95, as COCO's."
  let maximumDetections: Int
  init(maximumDetections: Int) { self.maximumDetections = maximumDetections }

  static func values(_ curves: COCOEvaluation.Curves) -> [Double] { curves.recalls }
}
