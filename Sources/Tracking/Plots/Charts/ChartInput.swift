package import Measurements

/// What a chart is drawn of.
package struct ChartInput: Sendable {
  package let runs: [RunRecord]
  /// What is plotted: by default what the runs are judged by.
  package let metric: HistoryColumn
  /// What stands for cost, or along x where a chart lets one choose.
  package let across: HistoryColumn?
  /// Those of the spec; others are computed.
  package var classColours: [String: PlotColour] = [:]
  /// What was predicted of images, drawn already; only for charts that need it.
  package var images: ImageStrips?
  /// From 0, nothing, up to below 1: how much of the past a smoothed curve keeps.
  package var smoothing = 0.0
  /// The settings of a run with what its resolved spec leaves out.
  package var settings: @Sendable (RunRecord) -> TrialSettings = { TrialSettings($0.trial) }

  /// - Parameters:
  ///   - metric: a series of single numbers as a person writes it; `nil` for the objective.
  ///   - across: another, for charts that have a choice.
  package init(
    _ runs: [RunRecord], metric: String? = nil, across: String? = nil
  ) throws(UnknownColumn) {
    self.runs = runs
    let ranking = Ranking(runs)
    let names = RecordedNames(runs)
    self.metric =
      if let metric { try names.column(metric) } else {
        (try? names.column(ranking.objective.metric)) ?? .objective(ranking.objective)
      }
    self.across = if let across { try names.column(across) } else { nil }
  }

  /// True where more of the metric is better; `nil` where neither direction is.
  package var higherIsBetter: Bool? {
    let objective = Ranking(runs).objective
    return objective.metric == metric.name ? objective.maximize : metric.series.higherIsBetter
  }
}

/// The columns that runs have recorded, by the names that people write.
struct RecordedNames {
  private(set) var columns: [HistoryColumn] = []

  init(_ runs: [RunRecord]) {
    var tables: Set<[SeriesDescription]> = []
    var names: Set<String> = []
    for history in runs.compactMap(\.history) + runs.flatMap({ $0.tests.map(\.history) })
    where tables.insert(history.series).inserted {
      columns += history.columns.filter { names.insert($0.name).inserted }
    }
  }

  func column(_ written: String) throws(UnknownColumn) -> HistoryColumn {
    let scoped = "\(SeriesDescription.validation).\(written)"
    let found =
      columns.first { $0.name == written || $0.name == scoped }
      ?? columns.first { $0.writtenNames.contains(written) }
    guard let found else {
      throw UnknownColumn(name: written, known: columns.flatMap(\.shortNames))
    }
    return found
  }
}

extension HistoryColumn {
  /// Stands for an objective that nothing has recorded.
  static func objective(_ objective: Objective) -> HistoryColumn {
    HistoryColumn(
      SeriesDescription(
        objective.metric, title: objective.metric, higherIsBetter: objective.maximize,
        about: "Nothing of that name is recorded."))
  }
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
