/// A kind of chart: a pure function from records to a figure.
package protocol Chart: Sendable {
  /// As one types it after `plot`.
  var name: String { get }
  /// What it answers, in a line.
  var about: String { get }
  /// True where characters of a terminal can show it.
  var suitsTerminals: Bool { get }
  /// True where it draws what a store keeps beside the records: images that were predicted.
  var needsImages: Bool { get }
  /// Never fails: where there is nothing to show, the figure says what is missing.
  func figure(of input: ChartInput) -> Figure
}

extension Chart {
  package var suitsTerminals: Bool { true }
  package var needsImages: Bool { false }
}

/// The charts, by name.
package enum Charts {
  package static let all: [any Chart] = [
    LearningCurves(), CostScatter(), ParallelCoordinates(), ParameterImportance(),
    ParameterSlices(), GridHeatMap(), ContourMap(), ConfusionChart(), ClassBars(),
    WeightRidges(), WorstImages(), SweepTimeline(),
  ]

  package static var names: [String] { all.map { $0.name } }

  package static func named(_ name: String) -> (any Chart)? { all.first { $0.name == name } }
}
