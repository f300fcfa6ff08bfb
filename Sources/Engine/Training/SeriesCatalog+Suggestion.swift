internal import Measurements

extension SeriesCatalog {
  /// What series somebody meant who wrote its name as another program, a paper or a habit has it:
  /// `mIoU`, `val_loss`, `MeanDice`; `nil` where that cannot be said.
  package func suggestion(for written: String) -> String? {
    let (scope, word) = Self.scopeAndWord(written)
    if word == "loss" {
      let loss: SeriesDescription = scope == .training ? .trainingLoss : .validationLoss
      return loss.name
    }
    if let metric = metric(called: word) { return metric.series.name }
    // `iou.crack`, `val/dice.road`
    guard let dot = written.firstIndex(of: "."), scope != .validationAsWritten else { return nil }
    return ClassSeriesName(
      Self.validation + written[..<dot].lowercased() + written[dot...], metrics)?.name
  }

  /// The metric that somebody meant; `nil` where that cannot be said.
  package func metricSuggestion(for written: String) -> String? {
    metric(called: Self.scopeAndWord(written).word)?.name
  }

  private func metric(called word: String) -> (any Metric.Type)? {
    metrics.first { metric in
      ([metric.name] + metric.otherNames).contains { name in
        let plain = Self.letters(of: name)
        return word == plain || word == "m" + plain || word == "mean" + plain
          || word == plain + "score" || word == plain + "coefficient"
      }
    }
  }

  private enum Scope { case training, validation, validationAsWritten, none }

  /// `val_mIoU` is `miou` of the validation data.
  private static func scopeAndWord(_ written: String) -> (scope: Scope, word: String) {
    let lower = written.lowercased()
    let prefixes: [(String, Scope)] = [
      ("validation", .validation), ("valid", .validation), ("val", .validation),
      ("training", .training), ("train", .training),
    ]
    for (prefix, scope) in prefixes where lower.hasPrefix(prefix) {
      let rest = lower.dropFirst(prefix.count)
      guard let mark = rest.first, !mark.isLetter, !mark.isNumber else { continue }
      return (written.hasPrefix(validation) ? .validationAsWritten : scope, letters(of: rest))
    }
    return (.none, letters(of: lower))
  }

  private static func letters(of text: some StringProtocol) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
