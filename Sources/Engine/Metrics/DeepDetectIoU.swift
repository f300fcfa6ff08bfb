/// DeepDetect's `meaniou`: the mean over classes of the intersection over union in the images with
/// the class, on average; by class its `cliou`. Predictions at ignored pixels are false.
public struct DeepDetectIoU: DeepDetectMetric {
  public static let name = "meaniou"
  public static let about = "DeepDetect's meaniou: intersection over union, by image and class."
  public static let example = "evaluation: {metrics: [acc, meanacc, meaniou]}"

  public init(_ values: FieldValues) {}

  func figures(of images: DeepDetectImages) -> MetricFigures { images.mean(images.overlaps) }
}
