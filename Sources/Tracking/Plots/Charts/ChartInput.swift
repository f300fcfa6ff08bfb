internal import Measurements

/// What a chart is drawn of.
package struct ChartInput: Sendable {
  package let runs: [RunRecord]
  /// What is plotted of each run: by default what the runs are judged by, at its best evaluation.
  package let value: ChartValue
  /// What stands along x where a chart lets one choose.
  package let across: ChartValue?
  /// What makes one run better than another.
  let objective: Objective
  /// Those of the spec; others are computed.
  package var classColours: [String: PlotColour] = [:]
  /// What was predicted of images, drawn already; only for charts that need it.
  package var images: ImageStrips?
  /// From 0, nothing, up to below 1: how much of the past a smoothed curve keeps.
  package var smoothing = 0.0
  /// The order of the classes in a confusion matrix.
  package var classOrder = ClassOrder.spec
  /// The runs of the point that others are held against; none for the first one.
  package var baseline: Set<RunPlace> = []
  /// Adds to the settings of a run what its resolved spec leaves out.
  package var complete: @Sendable (TrialSettings) -> TrialSettings = { $0 }

  /// - Parameters:
  ///   - value: `nil` for the objective.
  ///   - across: for charts that have a choice.
  /// - Throws: ``QueryError`` where a value means nothing in any of the runs.
  package init(
    _ runs: [RunRecord], value: RunValue? = nil, across: RunValue? = nil
  ) throws(QueryError) {
    self.runs = runs
    let names = RunNames(runs)
    objective = Ranking(runs).objective
    if let value {
      self.value = try ChartValue(value, names, objective)
    } else {
      self.value = ChartValue(objective, names)
    }
    self.across = if let across { try ChartValue(across, names, objective) } else { nil }
  }

  /// From the best to the worst by the objective, those without a value last.
  package var ranked: [RunRecord] { Ranking(runs).entries.compactMap(\.record) }

  /// True where more of the value is better; also where nobody knows.
  package var higherIsBetter: Bool { value.higherIsBetter ?? true }
}

/// A number of each run with its name for people.
package struct ChartValue: Sendable {
  let value: RunValue?
  /// The series that it is of; `nil` for a setting or a fact.
  let column: HistoryColumn?
  /// `mean IoU`, `max(validation.mean_iou)`.
  package let header: String
  let higherIsBetter: Bool?

  init(_ value: RunValue, _ names: RunNames, _ objective: Objective) throws(QueryError) {
    try names.check(value)
    self.value = value
    column = names.column(named: value.name)
    header = value.isPlain ? column?.header ?? value.name : value.description
    higherIsBetter =
      column?.name == objective.metric ? objective.maximize : column?.series.higherIsBetter
  }

  /// The objective, also where nothing has recorded it.
  init(_ objective: Objective, _ names: RunNames) {
    value = try? RunValue(objective.metric)
    column = names.column(named: objective.metric)
    header = column?.header ?? objective.metric
    higherIsBetter = objective.maximize
  }

  /// NaN where the run has none.
  func number(of run: RunRecord) -> Double {
    value.flatMap { run.value(of: $0).number } ?? .nan
  }

  /// As it is written in sentences.
  var name: String { value?.description ?? header }
}

/// Images in rows, each drawn several times: as it is, its truth, what was predicted, what was wrong.
package struct ImageStrips: Sendable {
  package struct Row: Sendable {
    package var name: String
    /// What is known of it, such as its value of a metric.
    package var note: String
    package var drawings: [Drawing]

    package init(name: String, note: String, drawings: [Drawing]) {
      (self.name, self.note, self.drawings) = (name, note, drawings)
    }
  }

  package struct Drawing: Sendable {
    package var png: [UInt8]
    package var width: Int
    package var height: Int

    package init(png: [UInt8], width: Int, height: Int) {
      (self.png, self.width, self.height) = (png, width, height)
    }
  }

  package var columns: [String]
  package var rows: [Row]
  /// In whose words: which run, which epoch, how the images were chosen.
  package var about: String
  package var classes: [(name: String, colour: PlotColour)]

  package init(
    columns: [String], rows: [Row], about: String, classes: [(name: String, colour: PlotColour)]
  ) {
    self.columns = columns
    self.rows = rows
    self.about = about
    self.classes = classes
  }
}
