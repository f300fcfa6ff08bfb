internal import Engine
internal import Tracking

/// The figures of a run that a sweep can be judged by.
enum ObjectiveMetric {
  private static let losses = ["training.loss", "validation.loss"]

  /// As a spec writes them and a record keeps them.
  static let names = losses + SegmentationMetrics.seriesNames.map { "validation.\($0)" }

  /// Whether more of it is better.
  static func isMaximized(_ name: String) -> Bool { !losses.contains(name) }
}

extension Objective {
  /// Where a spec names none.
  static let standard = Objective(metric: "validation.mean_iou", maximize: true)

  static func read(_ value: SpecValue) -> Objective? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let metric =
        keys["metric"].map { $0.name(of: ObjectiveMetric.names, kind: "metric") }
        ?? standard.metric
      let direction = keys["direction"]?.name(of: ["maximize", "minimize"], kind: "direction")
      keys.finish()
      return metric.map { metric in
        Objective(
          metric: metric,
          maximize: direction.map { $0 == "maximize" } ?? ObjectiveMetric.isMaximized(metric))
      }
    }
  }
}
