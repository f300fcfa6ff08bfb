internal import CKernels
package import Groundwork

/// The mean over pixels of −ln of the label's probability, at most −ln 10⁻¹⁵: DeepDetect's `mcll`.
package struct LogLoss: Metric {
  package static let name = "mcll"
  package static let title = "log loss"
  package static let otherNames = ["log_loss"]
  package static let about = "Mean of -ln of the probability that a pixel's own class is given."
  package static let definition =
    "The mean is over all labelled pixels; a probability below 1e-15 counts as that. "
    + "Without a labelled pixel there is no value."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [mcll]}"
  package static let judgesClasses = false
  package static let isHigherBetter = false

  package init(_ values: FieldValues) {}

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    LogLossAccumulator()
  }
}

private final class LogLossAccumulator: MetricAccumulator {
  private var sum = 0.0
  private var pixels = 0.0
  private var images: [Double] = []

  func begin() {
    (sum, pixels) = (0, 0)
    images.removeAll(keepingCapacity: true)
  }

  func add(_ batch: EvaluatedBatch) {
    let losses = batch.probabilities.losses
    for (image, counts) in batch.confusions.enumerated() {
      let place = image * batch.area
      let loss = ck_valid_sum(batch.labels + place, losses + place, batch.area)
      let valid = Double(counts.counts.reduce(0, +))
      sum += loss
      pixels += valid
      images.append(loss / valid)
    }
  }

  func values() -> MetricValues { MetricValues(value: sum / pixels, images: images) }
}
