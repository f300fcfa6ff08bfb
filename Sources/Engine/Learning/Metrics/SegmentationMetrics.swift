/// The figures of a segmentation that every round records, derived from the counts of a whole
/// evaluation; see ``ClassCounts`` for their formulas.
package struct SegmentationMetrics: Sendable {
  /// `[K]`: recall; NaN for a class that does not occur.
  package let classAccuracy: [Double]
  /// `[K]`: intersection over union; NaN for a class that neither occurs nor is predicted.
  package let iou: [Double]
  /// `[K]`; NaN for a class that neither occurs nor is predicted.
  package let dice: [Double]
  /// NaN where no pixel was counted, as are the means.
  package let pixelAccuracy: Double
  package let meanClassAccuracy: Double
  package let meanIoU: Double
  package let meanDice: Double
  package let frequencyWeightedIoU: Double

  /// - Parameter absentClasses: what the means make of classes that do not occur.
  package init(_ confusion: ConfusionMatrix, absentClasses: AbsentClasses = .cityscapes) {
    let counts = ClassCounts(confusion)
    classAccuracy = counts.accuracyOfClasses
    iou = counts.iou
    dice = counts.dice
    pixelAccuracy = counts.accuracy
    meanClassAccuracy = absentClasses.mean(classAccuracy, of: counts)
    meanIoU = absentClasses.mean(iou, of: counts)
    meanDice = absentClasses.mean(dice, of: counts)
    frequencyWeightedIoU = counts.frequencyWeightedIoU
  }

  /// The names of the scalar figures among the metrics; all lie in 0…1 and higher is better.
  package static let seriesNames = [
    MeanIoU.name, MeanDice.name, PixelAccuracy.name, MeanClassAccuracy.name,
    FrequencyWeightedIoU.name,
  ]

  /// The values in the order of ``seriesNames``.
  package var seriesValues: [Double] {
    [meanIoU, meanDice, pixelAccuracy, meanClassAccuracy, frequencyWeightedIoU]
  }
}
