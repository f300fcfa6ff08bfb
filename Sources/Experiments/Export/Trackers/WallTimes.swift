import Foundation
import Tracking

/// When the evaluations of a run were made, as far as its record tells: from the beginning of their attempt
/// on, by the seconds that each took; a second each where nothing tells.
struct WallTimes {
  /// Seconds since 1970, an evaluation each.
  let seconds: [Double]
  let startedAt: Double

  init(_ run: RunRecord, _ history: MetricHistory) {
    let starts = Dictionary(
      run.attempts.map { ($0.attempt, Self.seconds($0.startedAt)) }
    ) { first, _ in first }
    let first = run.attempts.first?.attempt ?? history.rows.first?.attempt ?? 1
    startedAt = starts[first] ?? 0
    var (attempt, now) = (first, startedAt)
    seconds = history.rows.map { row in
      if row.attempt != attempt { (attempt, now) = (row.attempt, starts[row.attempt] ?? now) }
      let taken = history.seconds(of: row)
      now += taken.isFinite && taken > 0 ? taken : 1
      return now
    }
  }

  private static func seconds(_ text: String) -> Double {
    let formatter = ISO8601DateFormatter()
    if let date = formatter.date(from: text) { return date.timeIntervalSince1970 }
    formatter.formatOptions.insert(.withFractionalSeconds)
    return formatter.date(from: text)?.timeIntervalSince1970 ?? 0
  }
}
