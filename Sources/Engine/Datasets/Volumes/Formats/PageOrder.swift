internal import Groundwork

/// Which page of a stack holds a channel of a slice. Slices that lie one above the other follow each other, and
/// those of the next time behind them, in whatever order the pages lie.
struct PageOrder {
  /// Pages of a slice.
  let channels: Int
  /// Slices that lie one above the other.
  let depth: Int
  let times: Int
  /// Pages from one channel, slice and time to the next.
  private let steps: (channel: Int, slice: Int, time: Int)

  /// One page a slice.
  init(pages: Int) {
    (channels, depth, times, steps) = (1, max(1, pages), 1, (1, 1, max(1, pages)))
  }

  /// - Parameters:
  ///   - fastest: `C`, `Z` and `T` in the order in which the pages go through them, the fastest first.
  ///   - pages: of the file.
  /// - Returns: `nil` where the file has another number of pages, or no such order is known.
  init?(channels: Int, depth: Int, times: Int, fastest: some StringProtocol, pages: Int) {
    let counts: [Character: Int] = ["C": channels, "Z": depth, "T": times]
    guard Set(fastest) == Set(counts.keys), fastest.count == 3, counts.values.allSatisfy({ $0 > 0 })
    else { return nil }
    var (steps, step): ([Character: Int], Int) = ([:], 1)
    for axis in fastest {
      steps[axis] = step
      let (product, overflow) = step.multipliedReportingOverflow(by: counts[axis] ?? 1)
      guard !overflow, product <= pages else { return nil }
      step = product
    }
    guard step == pages, channels <= ImageStack.maximumChannels else { return nil }
    (self.channels, self.depth, self.times) = (channels, depth, times)
    self.steps = (steps["C"] ?? 1, steps["Z"] ?? 1, steps["T"] ?? 1)
  }

  var slices: Int { depth * times }

  func page(_ slice: Int, channel: Int) -> Int {
    channel * steps.channel + slice % depth * steps.slice + slice / depth * steps.time
  }
}
