package import Groundwork

/// What ``PanopticQuality`` and its two factors are made of, of one class in all images.
private struct PanopticSums {
  /// Σ IoU over the pairs.
  var iou = 0.0
  var pairs = 0.0
  /// Predicted and true objects without a partner.
  var alone = 0.0

  /// - Parameter images: in the order of the data set.
  init(_ images: [InstanceOverlaps], classID: Int) {
    for image in images {
      let pairs = image.pairs(above: 0.5).filter {
        image.truths[$0.truth].classID == classID
      }
      let paired = Set(pairs.map(\.prediction))
      for pair in pairs { iou += pair.iou }
      self.pairs += Double(pairs.count)
      alone += Double(image.truths.count { $0.classID == classID } - pairs.count)
      alone += Double(
        image.predictions.indices.count {
          image.predictions[$0].classID == classID && !paired.contains($0)
            && !image.predictions[$0].isIgnored
        })
    }
  }

  var segmentation: Double { iou / pairs }
  var recognition: Double { pairs / (pairs + alone / 2) }
  var panoptic: Double { iou / (pairs + alone / 2) }
}

/// Σ IoU / (TP + FP / 2 + FN / 2) over the pairs of an IoU above 0.5 (Kirillov et al., "Panoptic
/// Segmentation", CVPR 2019).
package struct PanopticQuality: InstanceMetric {
  package static let name = "panoptic_quality"
  package static let title = "PQ"
  package static let otherNames = ["pq"]
  package static let about = "Panoptic quality: segmentation quality times recognition quality."
  package static let definition =
    "Of classes with objects alone. Ignored pixels count for nothing, and a prediction most of which they "
    + "are is left out; so is a class without objects."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [panoptic_quality]}"
  package static let judgesImages = false

  package init(_ values: FieldValues) {}

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(ofClasses: classes) { PanopticSums(images, classID: $0).panoptic }
  }
}

/// The mean IoU of the pairs of an IoU above 0.5, a factor of ``PanopticQuality``.
package struct SegmentationQuality: InstanceMetric {
  package static let name = "segmentation_quality"
  package static let title = "SQ"
  package static let otherNames = ["sq"]
  package static let about =
    "Mean IoU of the objects that were found, a factor of panoptic quality."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [segmentation_quality]}"
  package static let judgesImages = false

  package init(_ values: FieldValues) {}

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(ofClasses: classes) { PanopticSums(images, classID: $0).segmentation }
  }
}

/// TP / (TP + FP / 2 + FN / 2) at an IoU above 0.5, a factor of ``PanopticQuality``.
package struct RecognitionQuality: InstanceMetric {
  package static let name = "recognition_quality"
  package static let title = "RQ"
  package static let otherNames = ["rq"]
  package static let about = "F1 of the objects that were found, a factor of panoptic quality."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [recognition_quality]}"
  package static let judgesImages = false

  package init(_ values: FieldValues) {}

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(ofClasses: classes) { PanopticSums(images, classID: $0).recognition }
  }
}
