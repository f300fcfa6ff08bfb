/// A chart as a value: what is drawn, what it says in words, and the numbers behind it. Charts make it
/// from records; writers turn it into SVG, PNG, PDF or text.
package struct Figure: Sendable, Hashable {
  /// What the chart says or shows: `mean IoU over epochs`.
  package var title: String
  /// For who cannot see it: what stands where, in a sentence or two.
  package var description: String
  /// How to read it, below the chart.
  package var caption: String
  package var rows: [Row]
  /// What tells the series apart, where labels at the marks do not.
  package var legend: [LegendEntry]
  /// The numbers that are drawn.
  package var table: FigureTable
  /// Pixels of the whole.
  package var width: Double
  /// Why there is nothing to draw, in a sentence; `nil` where there is something.
  package private(set) var absence: String?

  /// Panels side by side, of the same height.
  package struct Row: Sendable, Hashable {
    /// Pixels between the axes of x, without titles and ticks.
    package var height: Double
    package var panels: [Panel]

    package init(height: Double, _ panels: [Panel]) {
      (self.height, self.panels) = (height, panels)
    }
  }

  /// A name beside the mark that stands for it.
  package struct LegendEntry: Sendable, Hashable {
    package enum Sample: Sendable, Hashable {
      case line(Stroke)
      case point(MarkShape, Ink, isOpen: Bool)
      case patch(Ink)
    }
    package var name: String
    package var sample: Sample

    package init(_ name: String, _ sample: Sample) { (self.name, self.sample) = (name, sample) }
  }

  package init(
    title: String, description: String, caption: String = "", width: Double = 720, rows: [Row],
    legend: [LegendEntry] = [], table: FigureTable
  ) {
    self.title = title
    self.description = description
    self.caption = caption
    self.width = width
    self.rows = rows
    self.legend = legend
    self.table = table
  }

  /// A chart that has nothing to show.
  ///
  /// - Parameter reason: a sentence, with what would have to be recorded.
  package init(title: String, absence reason: String) {
    self.init(
      title: title, description: reason, rows: [], table: FigureTable(columns: [], rows: []))
    absence = reason
  }

  package var panels: [Panel] { rows.flatMap(\.panels) }
}
