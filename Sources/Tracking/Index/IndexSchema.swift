internal import Foundation
internal import Measurements

/// Which answers the index keeps of runs that have measured the same series and have the same settings:
/// a cell for each, at a fixed place.
///
/// Cells are, in this order: facts, what else is known of the run (``Detail``), settings, the values of the
/// sweep, those that stand in the spec, when the first, last and best evaluations were, of every column its
/// statistics, of every further column its value at the best evaluation, and what tests found.
struct IndexSchema: Codable, Hashable, Sendable {
  var series: [SeriesDescription]
  /// In the order in which they were made.
  var tests: [Test]
  /// The paths of the settings.
  var settings: [String]
  /// The paths that a sweep sets.
  var swept: [String]
  /// Of the resolved spec, see ``SpecSkeleton``.
  var skeleton: String
  /// How many values are taken out of it.
  var valueCount: Int
  /// What chooses the best evaluation.
  var metric: String
  var maximize: Bool

  /// What a test has measured.
  struct Test: Codable, Hashable, Sendable {
    var name: String
    var series: [SeriesDescription]
  }

  /// What cataloguing and comparing need besides the facts.
  enum Detail: Int, CaseIterable, Sendable {
    case storedNumber, home, firstAttempt, ownName, lastBegun
    /// The objective of the record itself.
    case ownMetric, ownMaximize
    /// What the latest attempt was validated on, and what its folds are of.
    case validationDigest, sharedDigest
    case trainingSamples, validationSamples
    case inputSize
    /// Equal for the seeds and folds of one point.
    case point
    /// How training ended, as the files say it.
    case ended
    /// How many files are damaged.
    case damage
    /// Whether an evaluation has been committed.
    case evaluated
    /// Where it ended early: what was planned, and what was watched.
    case plannedEpoch, watched
    /// Whether another program trained it.
    case imported
    /// The texts that the numbers of its spec were written in.
    case written
    /// See ``RunMeasurements/contentDigest``.
    case content
  }

  /// The statistics of a column that are kept.
  enum Statistic: Int, CaseIterable, Sendable {
    case first, last, best, highest, lowest
    case epochOfHighest, stepOfHighest, epochOfLowest, stepOfLowest
  }

  /// When an evaluation was.
  enum Moment: Int, CaseIterable, Sendable {
    case epochOfFirst, stepOfFirst, epochOfLast, stepOfLast, epochOfBest, stepOfBest
    /// Its place among the evaluations.
    case rowOfBest
  }

  /// What is kept of a column of which the best evaluation alone counts.
  enum Further: Int, CaseIterable, Sendable {
    case best
    /// The image that it is of.
    case image
  }

  var objective: Objective { Objective(metric: metric, maximize: maximize) }

  /// The columns whose statistics are kept: single numbers, and those of classes.
  var columns: [HistoryColumn] { series.filter(Self.isFollowed).columns }

  /// The other columns of the evaluations, such as ranked images.
  var further: [HistoryColumn] { series.filter { !Self.isFollowed($0) }.columns }

  /// The columns of the tests, each as the newest test has it that has it.
  var tested: [HistoryColumn] {
    var seen: Set<ColumnKey> = []
    return tests.reversed().flatMap(\.series.columns).filter { seen.insert(ColumnKey($0)).inserted }
  }

  static func isFollowed(_ series: SeriesDescription) -> Bool {
    series.isScalar || series.axes.map(\.name) == [SeriesAxis.classes([]).name]
  }

  // MARK: - Places

  static func place(of fact: RunFact) -> Int { facts[fact] ?? 0 }
  static func place(of detail: Detail) -> Int { facts.count + detail.rawValue }
  func place(ofSetting index: Int) -> Int { Self.fixedCount + index }

  func place(ofSwept index: Int) -> Int { place(ofSetting: settings.count) + index }
  func place(ofValue index: Int) -> Int { place(ofSwept: swept.count) + index }
  func place(of moment: Moment) -> Int { place(ofValue: valueCount) + moment.rawValue }

  func place(ofColumn column: Int, _ statistic: Statistic) -> Int {
    place(ofValue: valueCount) + Moment.allCases.count
      + column * Statistic.allCases.count + statistic.rawValue
  }

  var cellCount: Int {
    place(ofColumn: columns.count, .first) + further.count * Further.allCases.count + tested.count
  }

  private static let fixedCount = facts.count + Detail.allCases.count
  private static let facts = Dictionary(
    uniqueKeysWithValues: RunFact.allCases.enumerated().map { ($1, $0) })

  /// Changes whenever cells have other places or meanings.
  static var layout: String {
    let words =
      RunFact.allCases.map(\.rawValue) + Detail.allCases.map { "\($0)" }
      + Moment.allCases.map { "\($0)" } + Statistic.allCases.map { "\($0)" }
      + Further.allCases.map { "\($0)" }
    return words.joined(separator: " ")
  }
}

/// What makes columns of two histories the same.
struct ColumnKey: Hashable {
  let series: String
  let place: Int?
  let label: String?

  init(_ column: HistoryColumn) {
    series = column.series.name
    place = column.place
    label = column.place.map { column.series.axes[0].labels[$0] }
  }
}
