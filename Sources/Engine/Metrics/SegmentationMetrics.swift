/// The metrics of a segmentation, derived from the counts of a whole evaluation.
///
/// With t the diagonal, G the row sums (truth) and R the column sums (prediction) of the counts:
/// class accuracy t/G, IoU t/(G + R − t), Dice 2t/(G + R). A ratio 0/0 is NaN and left out of its
/// mean: a class that neither occurs nor is predicted does not count, one that is predicted but
/// does not occur has IoU 0 and counts (Cityscapes' convention).
public struct SegmentationMetrics: Sendable {
  /// `[K]`: recall; NaN for a class that does not occur.
  public let classAccuracy: [Double]
  /// `[K]`: intersection over union; NaN for a class that neither occurs nor is predicted.
  public let iou: [Double]
  /// `[K]`; NaN for a class that neither occurs nor is predicted.
  public let dice: [Double]
  /// NaN where no pixel was counted, as are the means.
  public let pixelAccuracy: Double
  public let meanClassAccuracy: Double
  public let meanIoU: Double
  public let meanDice: Double
  /// Σ (G/n) · IoU: the IoU of the classes weighted by how often each occurs (Long et al. 2015).
  public let frequencyWeightedIoU: Double

  public init(_ confusion: ConfusionMatrix) {
    let classes = 0..<confusion.classes
    let truth = classes.map { row in classes.reduce(0.0) { $0 + Double(confusion[row, $1]) } }
    let prediction = classes.map { column in
      classes.reduce(0.0) { $0 + Double(confusion[$1, column]) }
    }
    let hits = classes.map { Double(confusion[$0, $0]) }
    let total = truth.reduce(0, +)

    classAccuracy = classes.map { hits[$0] / truth[$0] }
    let iou = classes.map { hits[$0] / (truth[$0] + prediction[$0] - hits[$0]) }
    self.iou = iou
    dice = classes.map { 2 * hits[$0] / (truth[$0] + prediction[$0]) }
    pixelAccuracy = hits.reduce(0, +) / total
    meanClassAccuracy = Self.meanOfNumbers(classAccuracy)
    meanIoU = Self.meanOfNumbers(iou)
    meanDice = Self.meanOfNumbers(dice)
    frequencyWeightedIoU =
      total == 0
      ? .nan : classes.reduce(0) { truth[$1] == 0 ? $0 : $0 + truth[$1] / total * iou[$1] }
  }

  /// The mean of what is not NaN; NaN where nothing is left.
  private static func meanOfNumbers(_ values: [Double]) -> Double {
    let numbers = values.filter { !$0.isNaN }
    return numbers.reduce(0, +) / Double(numbers.count)
  }
}
