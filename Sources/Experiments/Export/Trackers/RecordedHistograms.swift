import Measurements
import Tracking

/// The histograms of a history: series whose last axis is `bin`, with equal bins between two series of the
/// same part of the name, `lowest` and `highest`.
struct RecordedHistograms {
  static let axis = "bin"

  /// One histogram over the evaluations.
  struct Histogram {
    /// `weights/encoder0.convolution0.weight`, parts apart by slashes.
    let name: String
    let about: String
    fileprivate let series: Int
    fileprivate let edges: (lowest: Int, highest: Int)
    /// Along the first axis; 0 where the bins are the only axis.
    fileprivate let place: Int
    fileprivate let bins: Int
  }

  /// The series that are histograms, by name.
  let names: [String]
  /// The series that their edges are from, by name.
  let edges: [String]
  let histograms: [Histogram]
  private let history: MetricHistory

  init(_ history: MetricHistory) {
    self.history = history
    var (names, edges, histograms): ([String], [String], [Histogram]) = ([], [], [])
    for (index, series) in history.series.enumerated() {
      guard let last = series.axes.last, last.name == Self.axis, series.axes.count <= 2 else {
        continue
      }
      let stem = SeriesDescription.parts(of: series.name).dropLast()
      func edge(_ name: String) -> Int? {
        let wanted = (stem + [name]).joined(separator: ".")
        return history.series.firstIndex { $0.name == wanted && $0.axes == series.axes.dropLast() }
      }
      guard let lowest = edge("lowest"), let highest = edge("highest") else { continue }
      names.append(series.name)
      edges += [history.series[lowest].name, history.series[highest].name]
      let labels: [String?] = series.axes.count == 2 ? series.axes[0].labels : [nil]
      for (place, label) in labels.enumerated() {
        histograms.append(
          Histogram(
            name: (stem + [label].compactMap(\.self)).joined(separator: "/"), about: series.about,
            series: index, edges: (lowest, highest), place: place, bins: last.labels.count))
      }
    }
    (self.names, self.edges, self.histograms) = (names, edges, histograms)
  }

  /// The bins after an evaluation: lower edge, upper edge, count.
  func bins(
    of histogram: Histogram, inRow row: Int
  ) -> [(lower: Double, upper: Double, count: Double)] {
    let values = history.rows[row].values
    let lowest = values[histogram.edges.lowest][histogram.place]
    let highest = values[histogram.edges.highest][histogram.place]
    let count = Double(histogram.bins)
    return (0..<histogram.bins).map { bin in
      func edge(_ number: Int) -> Double {
        number == histogram.bins ? highest : lowest + (highest - lowest) * Double(number) / count
      }
      return (
        edge(bin), edge(bin + 1), values[histogram.series][histogram.place * histogram.bins + bin]
      )
    }
  }
}
