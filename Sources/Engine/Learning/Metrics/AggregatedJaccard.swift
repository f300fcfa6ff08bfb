package import Groundwork

/// The aggregated Jaccard index (Kumar et al., "A Dataset and a Technique for Generalized Nuclear
/// Segmentation for Computational Pathology", IEEE TMI 2017): in each image Σ intersections / Σ unions, of
/// every true object with the prediction of the highest IoU; predictions that none of them took are added
/// to the unions.
package struct AggregatedJaccard: InstanceMetric {
  package static let name = "aggregated_jaccard"
  package static let title = "AJI"
  package static let otherNames = ["aji"]
  package static let about = "Aggregated Jaccard index, the mean over images."
  package static let definition =
    "A prediction may be taken by several true objects. An image without an object in truth and prediction "
    + "is left out. Ignored pixels count for nothing."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [aggregated_jaccard]}"
  package static let judgesClasses = false

  package init(_ values: FieldValues) {}

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(of: images, value)
  }

  private func value(_ image: InstanceOverlaps) -> Double {
    // By true object, the prediction of the highest IoU, the first of equals.
    var best = [(prediction: Int, pixels: Int, iou: Double)?](
      repeating: nil, count: image.truths.count)
    for (index, prediction) in image.predictions.enumerated() {
      for overlap in prediction.overlaps {
        let iou = image.iou(prediction, overlap)
        if iou > best[overlap.truth]?.iou ?? 0 {
          best[overlap.truth] = (index, overlap.pixels, iou)
        }
      }
    }
    var (intersections, unions) = (0, 0)
    for (truth, found) in zip(image.truths, best) {
      intersections += found?.pixels ?? 0
      unions += truth.pixels
      if let found { unions += image.predictions[found.prediction].counted - found.pixels }
    }
    let taken = Set(best.compactMap { $0?.prediction })
    for (index, prediction) in image.predictions.enumerated()
    where !taken.contains(index) && !prediction.isIgnored {
      unions += prediction.counted
    }
    return Double(intersections) / Double(unions)
  }
}

/// SEG of the Cell Tracking Challenge (Maška et al., Bioinformatics 2014): the mean over true objects of the
/// IoU with the prediction that covers more than half of the object; 0 where none does.
package struct SegmentationAccuracy: InstanceMetric {
  package static let name = "seg"
  package static let title = "SEG"
  package static let about = "SEG of the Cell Tracking Challenge: mean IoU of true objects."
  package static let definition =
    "Predictions that cover no true object count for nothing; neither do ignored pixels."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [seg]}"
  package static let judgesImages = false

  package init(_ values: FieldValues) {}

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(ofClasses: classes) { classID in
      var (sum, count) = (0.0, 0.0)
      for image in images {
        count += Double(image.truths.count { $0.classID == classID })
        for prediction in image.predictions where prediction.classID == classID {
          for overlap in prediction.overlaps
          where 2 * overlap.pixels > image.truths[overlap.truth].pixels {
            sum += image.iou(prediction, overlap)
          }
        }
      }
      return sum / count
    }
  }
}
