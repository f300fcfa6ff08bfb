import Measurements
import Tracking
import Trackers

/// Histograms of a tracker as three series: equal bins with their counts, and the least and the greatest
/// value that they lie between.
///
/// Histograms whose bins are equal, as TensorBoard has written them since 2017, are taken as they are. The
/// older ones, whose bins grow, are spread over equal bins.
struct ImportedHistograms {
  private(set) var columns: [(series: SeriesDescription, values: [Double: MeasuredValues])] = []

  init(
    _ histograms: [TrackedHistogram], _ name: String, _ metric: String, _ notes: inout [String]
  ) {
    let sound = histograms.filter { !$0.bins.isEmpty && $0.bins.allSatisfy(\.isSound) }
    if sound.count < histograms.count {
      notes.append("\(metric): \(histograms.count - sound.count) empty histograms are left out")
    }
    guard let first = sound.first else { return }
    let isEqual = sound.allSatisfy { $0.bins.count == first.bins.count && $0.hasEqualBins }
    let count = isEqual ? first.bins.count : Self.bins
    if !isEqual {
      notes.append("\(metric): its bins differ in width; they are spread over \(count) equal ones")
    }
    typealias Values = [Double: MeasuredValues]
    var (counts, lowest, highest): (Values, Values, Values) = ([:], [:], [:])
    for histogram in sound {
      let values = isEqual ? histogram.bins.map(\.count) : histogram.spread(over: count)
      counts[histogram.step] = .numbers(values)
      let range = histogram.range
      lowest[histogram.step] = .number(range.lowerBound)
      highest[histogram.step] = .number(range.upperBound)
    }
    let axis = SeriesAxis(RecordedHistograms.axis, labels: (1...count).map(String.init))
    func series(_ word: String, _ about: String, axes: [SeriesAxis] = []) -> SeriesDescription {
      SeriesDescription(
        "\(name).\(word)", title: "\(metric) \(word)", format: .significant(5), about: about,
        axes: axes)
    }
    columns = [
      (series("histogram", "How many values of \(metric) lie in each bin.", axes: [axis]), counts),
      (series("lowest", "The least value of \(metric)."), lowest),
      (series("highest", "The greatest value of \(metric)."), highest),
    ]
  }

  private static let bins = 64
}

extension TrackedHistogram.Bin {
  fileprivate var isSound: Bool {
    lower.isFinite && upper.isFinite && lower <= upper && count.isFinite && count >= 0
  }
}

extension TrackedHistogram {
  fileprivate var range: ClosedRange<Double> {
    let lowest = bins.reduce(.infinity) { min($0, $1.lower) }
    return lowest...bins.reduce(lowest) { max($0, $1.upper) }
  }

  fileprivate var hasEqualBins: Bool {
    let range = range
    let span = range.upperBound - range.lowerBound
    let (width, slack) = (span / Double(bins.count), 1e-6 * span)
    return bins.enumerated().allSatisfy { index, bin in
      abs(bin.lower - (range.lowerBound + width * Double(index))) <= slack
        && abs(bin.upper - (range.lowerBound + width * Double(index + 1))) <= slack
    }
  }

  /// The counts in equal bins: those of a bin are spread evenly over its width.
  fileprivate func spread(over count: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: count)
    let range = range
    let (lowest, span) = (range.lowerBound, range.upperBound - range.lowerBound)
    func place(_ value: Double) -> Double {
      span > 0 ? (value - lowest) / span * Double(count) : 0
    }
    for bin in bins {
      let (start, end) = (place(bin.lower), place(bin.upper))
      guard end > start else {
        counts[min(count - 1, Int(start))] += bin.count
        continue
      }
      for index in Int(start)..<min(count, Int(end.rounded(.up))) {
        let part = min(end, Double(index + 1)) - max(start, Double(index))
        counts[index] += bin.count * max(0, part) / (end - start)
      }
    }
    return counts
  }
}
