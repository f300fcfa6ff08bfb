internal import Groundwork
package import Learning
package import Measurements

/// The metrics of one evaluation after the other: what each accumulates, and its measurements.
package final class MetricAccumulators {
  private let members: [Member]
  private let settings: EvaluationSettings
  private let classNames: [String]
  /// The unit of lengths; `nil` where they are counted in pixels.
  private let lengthUnit: String?

  private struct Member {
    let metric: any Metric
    /// `nil` where everything follows from the counts of the whole evaluation.
    let accumulator: (any MetricAccumulator)?
    let derivation: ((ConfusionMatrix) -> MetricValues)?
    let ranksImages: Bool

    func values(_ counts: ConfusionMatrix) -> MetricValues {
      derivation?(counts) ?? accumulator?.values() ?? MetricValues(value: .nan)
    }
  }

  /// - Parameters:
  ///   - classNames: the names of the classes, `[K]`.
  ///   - lengthUnit: the unit of lengths; `nil` where they are counted in pixels.
  init(
    _ settings: EvaluationSettings, classNames: [String], truth: Truth? = nil,
    lengthUnit: String? = nil, threads: Int
  ) {
    self.lengthUnit = lengthUnit
    self.settings = settings
    self.classNames = classNames
    let context = MetricContext(
      classes: classNames.count, absentClasses: settings.absentClasses, threads: threads,
      truth: truth)
    let metrics = settings.allMetrics(for: context.truth.form)
    let ranking = Self.ranking(settings, among: metrics)
    members = metrics.map { metric in
      let ranksImages = ranking.map { $0 == type(of: metric) } ?? false
      let derivation = ranksImages ? nil : metric.derivation(for: context)
      return Member(
        metric: metric,
        accumulator: derivation == nil ? metric.makeAccumulator(for: context) : nil,
        derivation: derivation, ranksImages: ranksImages)
    }
  }

  /// The metric that images are ranked by: the first that is asked for and judges images, or else the
  /// first standard one that does; `nil` where they are not ranked.
  private static func ranking(
    _ settings: EvaluationSettings, among metrics: [any Metric]
  ) -> (any Metric.Type)? {
    guard settings.worstImages > 0 else { return nil }
    return (settings.metrics + metrics).map { type(of: $0) }.first { $0.judgesImages }
  }

  /// True where some metric wants to see the batches.
  package var wantsBatches: Bool { members.contains { $0.accumulator != nil } }

  package func begin() {
    for member in members { member.accumulator?.begin() }
  }

  package func add(_ batch: EvaluatedBatch) {
    for member in members { member.accumulator?.add(batch) }
  }

  /// - Parameters:
  ///   - counts: the confusion matrix of all pixels.
  ///   - images: the names of all images, in their order.
  package func measurements(_ counts: ConfusionMatrix, images: [String]) -> [Measurement] {
    let classes = SeriesAxis.classes(classNames)
    var (scalars, arrays): ([Measurement], [Measurement]) = ([], [])
    for member in members {
      let metric = type(of: member.metric)
      let values = member.values(counts)
      func described(_ series: SeriesDescription) -> SeriesDescription {
        guard metric.measuresLengths, let lengthUnit else { return series }
        var series = series
        series.unit = lengthUnit
        return series
      }
      scalars.append(Measurement(described(metric.series), values.value))
      if metric.judgesClasses, values.classes.count == classNames.count {
        arrays.append(Measurement(described(metric.series(of: classes)), .numbers(values.classes)))
      }
      if member.ranksImages {
        let count = min(settings.worstImages, images.count)
        arrays.append(
          Measurement(
            described(metric.series(ofWorst: count)),
            .images(
              WorstImages.ranked(
                by: metric, values.images, names: images, count: count))))
      }
    }
    return scalars + arrays
  }
}
