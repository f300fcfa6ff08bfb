/// The meters of the metrics that a spec names, for one evaluation after the other.
final class EvaluationMeters {
  private let metrics: [any Metric]
  private let meters: [any MetricMeter]
  /// Of the metrics, the one that images are ranked by; `nil` where they are not.
  private let ranking: Int?
  private let settings: EvaluationSettings

  struct Figures {
    var metrics: [NamedMetric]
    var worstImages: WorstImages?
  }

  /// - Returns: `nil` where there is nothing to measure besides the counts.
  init?(
    _ settings: EvaluationSettings, classes: Int, truth: Truth? = nil, threads: Int
  ) {
    guard !settings.metrics.isEmpty || settings.worstImages > 0 else { return nil }
    self.settings = settings
    var metrics = settings.metrics
    var ranking = metrics.firstIndex { type(of: $0).judgesImages }
    if settings.worstImages == 0 {
      ranking = nil
    } else if ranking == nil {
      ranking = metrics.count
      metrics.append(MeanIoU())
    }
    self.metrics = metrics
    self.ranking = ranking
    let context = MetricContext(
      classes: classes, absentClasses: settings.absentClasses, threads: threads,
      truth: truth)
    meters = metrics.map { $0.makeMeter(for: context) }
  }

  func begin() {
    for meter in meters { meter.begin() }
  }

  func add(_ batch: EvaluatedBatch) {
    for meter in meters { meter.add(batch) }
  }

  /// - Parameter names: of all images, in their order.
  func figures(names: [String]) -> Figures {
    let figures = meters.map { $0.figures() }
    let named = zip(settings.metrics, figures).map { metric, figures in
      NamedMetric(
        name: type(of: metric).name, value: figures.value, classes: figures.classes)
    }
    return Figures(
      metrics: named,
      worstImages: ranking.map {
        WorstImages(
          type(of: metrics[$0]), figures[$0].images, names: names, count: settings.worstImages)
      })
  }
}
