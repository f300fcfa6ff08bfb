/// DeepDetect's `acc`: the mean over images of the share of pixels that are right, ignored pixels
/// among those that are not.
public struct DeepDetectAccuracy: DeepDetectMetric {
  public static let name = "acc"
  public static let about = "DeepDetect's acc: share of right pixels, of each image, averaged."
  public static let definition =
    "Ignored pixels count as wrong."
  public static let example = "evaluation: {metrics: [acc, meanacc, meaniou]}"
  public static let judgesClasses = false

  public init(_ values: FieldValues) {}

  func figures(of images: DeepDetectImages) -> MetricFigures {
    MetricFigures(value: images.accuracies.meanOfNumbers)
  }
}
