internal import Datasets
import Foundation
internal import Tracking

/// How the loss goes as the learning rate grows.
struct LearningRateCurve: Sendable, Equatable {
  struct Point: Sendable, Equatable, Encodable {
    let rate: Double
    let loss: Double
    /// An exponential mean of the losses up to here, corrected for its beginning.
    let smoothedLoss: Double
  }

  enum End: String, Sendable, Encodable {
    /// The last rate was reached.
    case complete
    case diverged
    /// On request.
    case stopped
  }

  private(set) var points: [Point] = []
  var end = End.complete
  private var mean = 0.0
  private var rest = 1.0

  /// What the mean keeps of itself with each loss.
  static let smoothing = 0.9
  /// The loss has diverged where it is above the lowest by so many times the lowest.
  static let divergence = 3.0

  /// What the loss must fall by at least, in parts of the first.
  static let leastFall = 1e-6

  /// Takes the loss of a step; `end` says where it has diverged.
  mutating func add(rate: Double, loss: Double) {
    mean = Self.smoothing * mean + (1 - Self.smoothing) * loss
    rest *= Self.smoothing
    let smoothed = mean / (1 - rest)
    points.append(Point(rate: rate, loss: loss, smoothedLoss: smoothed))
    if let lowest, smoothed - lowest.smoothedLoss > Self.divergence * abs(lowest.smoothedLoss) {
      end = .diverged
    }
  }

  /// Where the smoothed loss is lowest.
  var lowest: Point? { points.min { $0.smoothedLoss < $1.smoothedLoss } }

  /// Where the smoothed loss falls most steeply over the logarithm of the rate, before it is lowest;
  /// `nil` where it never falls.
  ///
  /// A slope is that of a line through a twentieth of the points to either side, fitted by least
  /// squares. Points that have not as many to either side do not count.
  var steepest: Point? {
    let reach = max(1, points.count / 20)
    let losses = points.map(\.smoothedLoss)
    guard let end = losses.indices.min(by: { losses[$0] < losses[$1] }), end > reach,
      losses[0] - losses[end] > Self.leastFall * abs(losses[0])
    else { return nil }
    let slopes = (reach...end).filter { $0 + reach < points.count }.map { index in
      (index: index, slope: slope(around: index, reach))
    }
    guard let steepest = slopes.min(by: { $0.slope < $1.slope }), steepest.slope < 0 else {
      return nil
    }
    return points[steepest.index]
  }

  private func slope(around index: Int, _ reach: Int) -> Double {
    let window = points[index - reach...index + reach]
    let count = Double(window.count)
    let rates = window.map { log10($0.rate) }
    let meanRate = rates.reduce(0, +) / count
    let meanLoss = window.reduce(0) { $0 + $1.smoothedLoss } / count
    let products = zip(rates, window).reduce(0) {
      $0 + ($1.0 - meanRate) * ($1.1.smoothedLoss - meanLoss)
    }
    return products / rates.reduce(0) { $0 + ($1 - meanRate) * ($1 - meanRate) }
  }
}
