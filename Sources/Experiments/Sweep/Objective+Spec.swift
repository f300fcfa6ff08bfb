internal import Datasets
internal import Learning
internal import Tracking

extension Objective {
  /// Where a spec names none.
  static let standard = Objective(metric: "validation.mean_iou", maximize: true)

  static func read(_ value: SpecValue) -> Objective? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let metric = keys["metric"].map { $0.seriesName(kind: "metric") } ?? standard.metric
      let direction = keys["direction"]?.name(of: ["maximize", "minimize"], kind: "direction")
      keys.finish()
      return metric.map { metric in
        Objective(
          metric: metric,
          maximize: direction.map { $0 == "maximize" }
            ?? SeriesCatalog.standard.isHigherBetter(metric))
      }
    }
  }
}

extension LoadedSpec {
  /// That the sweep looks for the worst value of a metric, which is hardly meant; `nil` where it
  /// does not.
  func directionWarning(_ objective: Objective) -> SpecDiagnostic? {
    let isHigherBetter = SeriesCatalog.standard.isHigherBetter(objective.metric)
    guard objective.maximize != isHigherBetter else { return nil }
    let written = tree["sweep"]?["objective"]?["direction"]
    let (which, direction) = isHigherBetter ? ("higher", "maximize") : ("lower", "minimize")
    return SpecDiagnostic(
      "sweep.objective prefers the \(objective.maximize ? "highest" : "lowest") "
        + "\(objective.metric), of which a \(which) value is better",
      at: written?.mark ?? Mark(whole: source),
      remedy: "write direction: \(direction), or leave it out", severity: .warning)
  }
}

extension SpecValue {
  /// A series of evaluations under the name that records know it by. `validation.dice`, the series of
  /// a loss, is not taken for that of the metric that is called so too.
  ///
  /// - Parameter kind: how messages call it.
  func seriesName(kind: String) -> String? {
    let catalog = SeriesCatalog(metrics: decoder.catalog.metrics, losses: decoder.catalog.losses)
    guard let text = node.scalar?.text, !node.isNull, let known = catalog.name(of: text) else {
      guard let text = node.scalar?.text, !node.isNull,
        let meant = catalog.suggestion(for: text)
      else { return name(of: catalog.names, kind: kind) }
      decoder.report("unknown \(kind) '\(text)'", at: node.mark, remedy: "did you mean '\(meant)'?")
      return nil
    }
    guard catalog.isLoss(text) else { return known }
    decoder.report(
      "unknown \(kind) '\(text)'", at: node.mark, remedy: "did you mean '\(known)'?")
    return nil
  }
}
