/// Runs side by side as one page: the answer first, then what it rests on.
package struct Report: Sendable {
  package let stamp: ReportStamp
  let title: String
  let header: HTML
  /// What the marks of the series mean.
  let legend: HTML
  let sections: [Section]
  typealias Section = ReportSection

  package init(_ source: ReportSource) {
    stamp = source.stamp
    let header = ReportHeader(source)
    title = header.title
    self.header = header.element
    legend = source.styles.legend
    sections = Self.sections.map { $0(source) }
  }

  /// The order of the page.
  private static let sections: [@Sendable (ReportSource) -> Section] = [
    AnswerSection.section, PointsSection.section, ChartSections.curves,
    ChartSections.hyperparameters, ChartSections.classes, ImagesSection.section,
    ChartSections.cost, FairnessSection.section, OriginSection.section,
  ]
}

/// What a report is made of.
package struct ReportSource: Sendable {
  /// At least one.
  package var runs: [RunRecord]
  package var comparison: Comparison
  package var charts: ChartInput
  let styles: RunStyles
  package var stamp: ReportStamp
  /// What the best run predicted of a few images; `nil` where that is not recorded.
  package var predictions: ReportPredictions?
  /// The command that makes the page again, and the one that checks it.
  package var commands: Commands
  /// What makes the runs mislead who does not know it, a sentence each.
  package var warnings: [String]

  package struct Commands: Sendable {
    package var make: String
    package var check: String
    /// The rest of a command line that names the folder of the records; empty for the usual one.
    package var results: String

    package init(make: String, check: String, results: String) {
      (self.make, self.check, self.results) = (make, check, results)
    }
  }

  package init(
    _ runs: [RunRecord], comparison: Comparison, charts: ChartInput, stamp: ReportStamp,
    predictions: ReportPredictions? = nil,
    commands: Commands, warnings: [String] = []
  ) {
    (self.runs, self.stamp, self.predictions) = (runs, stamp, predictions)
    (self.comparison, self.charts) = (comparison, charts)
    styles = RunStyles(charts)
    (self.commands, self.warnings) = (commands, warnings)
  }
}
