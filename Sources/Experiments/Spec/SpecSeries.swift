internal import Learning

extension SpecDecoder {
  /// The series that a spec can name.
  var series: SeriesCatalog { SeriesCatalog(metrics: catalog.metrics, losses: catalog.losses) }
}

extension SpecValue {
  /// How a spec says whether the highest value is the best or the lowest.
  static func direction(_ isHigherBetter: Bool) -> String {
    isHigherBetter ? "maximize" : "minimize"
  }

  /// Whether a direction is that of maximizing.
  func isMaximized() -> Bool? {
    let directions = [true, false].map(Self.direction)
    return name(of: directions, kind: "direction").map { $0 == Self.direction(true) }
  }

  /// A series of evaluations under the name that records know it by. `validation.dice`, the series of
  /// a loss, is not taken for that of the metric that is called so too.
  ///
  /// - Parameter kind: how messages call it.
  func seriesName(kind: String) -> String? {
    let catalog = decoder.series
    guard let text = node.scalar?.text, !node.isNull, let known = catalog.name(of: text) else {
      guard let text = node.scalar?.text, !node.isNull,
        let meant = catalog.suggestion(for: text)
      else { return name(of: catalog.names, kind: kind) }
      decoder.report(
        .unknownName, "unknown \(kind) '\(text)'", at: node.mark, remedy: "did you mean '\(meant)'?"
      )
      return nil
    }
    guard catalog.isLoss(text) else { return known }
    decoder.report(
      .unknownName, "unknown \(kind) '\(text)'", at: node.mark, remedy: "did you mean '\(known)'?")
    return nil
  }
}
