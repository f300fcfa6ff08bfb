internal import Foundation
internal import Measurements

/// Which answers the index keeps of runs that have measured the same series and have the same settings:
/// a cell for each, at a fixed place.
///
/// Cells are, in this order: facts, the run's own words about itself (``Detail``), settings, when the
/// first, last and best evaluations were, and of every column its statistics.
struct IndexSchema: Codable, Hashable, Sendable {
  var series: [SeriesDescription]
  /// What tests have measured; their values are not kept.
  var testSeries: [SeriesDescription]
  /// The paths of the settings.
  var settings: [String]
  /// What chooses the best evaluation.
  var metric: String
  var maximize: Bool

  /// What cataloguing and comparing need besides the facts.
  enum Detail: Int, CaseIterable, Sendable {
    case storedNumber, home, firstAttempt, ownName, lastBegun
    /// The objective of the record itself.
    case ownMetric, ownMaximize
    /// What the run was validated on, with which classes, as far as that is known.
    case validation
    /// Equal for the seeds and folds of one point.
    case point
    /// How many tests there are.
    case tests
    /// How training ended, as the files say it.
    case ended
    /// How many files are damaged.
    case damage
  }

  /// The statistics of a column that are kept.
  enum Statistic: Int, CaseIterable, Sendable {
    case first, last, best, highest, lowest
    case epochOfHighest, stepOfHighest, epochOfLowest, stepOfLowest
  }

  /// When an evaluation was.
  enum Moment: Int, CaseIterable, Sendable {
    case epochOfFirst, stepOfFirst, epochOfLast, stepOfLast, epochOfBest, stepOfBest
  }

  var objective: Objective { Objective(metric: metric, maximize: maximize) }

  /// The columns whose statistics are kept: single numbers, and those of classes.
  var columns: [HistoryColumn] { Self.columns(of: series) }

  static func columns(of series: [SeriesDescription]) -> [HistoryColumn] {
    series.filter { $0.isScalar || $0.axes.map(\.name) == [SeriesAxis.classes([]).name] }
      .flatMap { series -> [HistoryColumn] in
        series.isScalar
          ? [HistoryColumn(series)]
          : series.axes[0].labels.indices.map { HistoryColumn(series, place: $0) }
      }
  }

  // MARK: - Places

  static func place(of fact: RunFact) -> Int { facts[fact] ?? 0 }
  static func place(of detail: Detail) -> Int { facts.count + detail.rawValue }
  func place(ofSetting index: Int) -> Int { Self.fixedCount + index }

  func place(of moment: Moment) -> Int { Self.fixedCount + settings.count + moment.rawValue }

  func place(ofColumn column: Int, _ statistic: Statistic) -> Int {
    Self.fixedCount + settings.count + Moment.allCases.count
      + column * Statistic.allCases.count + statistic.rawValue
  }

  var cellCount: Int { place(ofColumn: columns.count, .first) }

  private static let fixedCount = facts.count + Detail.allCases.count
  private static let facts = Dictionary(
    uniqueKeysWithValues: RunFact.allCases.enumerated().map { ($1, $0) })

  /// Changes whenever cells have other places or meanings.
  static var layout: String {
    let words =
      RunFact.allCases.map(\.rawValue) + Detail.allCases.map { "\($0)" }
      + Moment.allCases.map { "\($0)" } + Statistic.allCases.map { "\($0)" }
    return words.joined(separator: " ")
  }
}
