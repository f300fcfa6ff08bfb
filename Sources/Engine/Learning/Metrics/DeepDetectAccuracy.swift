package import Groundwork

/// DeepDetect's `acc`: the mean over images of the share of pixels that are right, ignored pixels
/// among those that are not.
package struct DeepDetectAccuracy: DeepDetectMetric {
  package static let name = "acc"
  package static let title = "DeepDetect acc"
  package static let about = "DeepDetect's acc: share of right pixels, of each image, averaged."
  package static let definition =
    "Ignored pixels count as wrong."
  package static let example = "evaluation: {metrics: [acc, meanacc, meaniou]}"
  package static let judgesClasses = false

  package init(_ values: FieldValues) {}

  package func values(of images: DeepDetectImages) -> MetricValues {
    MetricValues(value: images.accuracies.meanOfNumbers)
  }
}
