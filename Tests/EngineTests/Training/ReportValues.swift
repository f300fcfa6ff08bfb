import Measurements

@testable import Engine

/// The values of a report that tests look at, by what they are.
extension EvaluationReport {
  var trainingLoss: Double { value(of: SeriesDescription.trainingLoss.name) ?? .nan }
  var validationLoss: Double { value(of: SeriesDescription.validationLoss.name) ?? .nan }
  var learningRate: Double { value(of: SeriesDescription.learningRate.name) ?? .nan }

  /// Each loss by itself, under its own name.
  var trainingLosses: [NamedLoss] { losses("training") }
  var validationLosses: [NamedLoss] { losses("validation") }

  /// The weights of losses whose weight changes.
  var lossWeights: [NamedLoss] { values { $0.hasPrefix("loss_weight.") } }

  /// The metrics, under their own names, in the order of the report.
  var metrics: [NamedLoss] {
    values { name in Registry.metrics.names.contains { "validation.\($0)" == name } }
  }

  var confusionCounts: [UInt64] { measurements[ConfusionMatrix.seriesName]?.values.counts ?? [] }

  /// `[K]`, the values of classes.
  func classes(_ metric: String) -> [Double] {
    guard let found = measurements["validation.class.\(metric)"] else { return [] }
    return (0..<found.series.count).map { found.values[$0] }
  }

  /// The ranked images with the name of their series.
  var worstImages: (series: String, images: [RankedImage])? {
    for measurement in measurements {
      if let images = measurement.values.images { return (measurement.series.name, images) }
    }
    return nil
  }

  private func losses(_ scope: String) -> [NamedLoss] {
    values { name in Registry.losses.names.contains { "\(scope).\($0)" == name } }
  }

  private func values(_ isMeant: (String) -> Bool) -> [NamedLoss] {
    measurements.filter { isMeant($0.series.name) && $0.series.isScalar }.map {
      NamedLoss(
        name: $0.series.name.split(separator: ".").last.map(String.init) ?? "",
        value: $0.values[0])
    }
  }
}
