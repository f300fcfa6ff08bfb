internal import Measurements

/// What a run has recorded of its weights' distribution.
struct WeightHistograms {
  let run: RunRecord
  let history: MetricHistory
  /// Of the parameters.
  let names: [String]
  private let counts: Int
  private let lowest: Int
  private let highest: Int
  private let bins: Int

  /// Those of the best run that has any.
  init?(_ input: ChartInput) {
    for run in input.ranked {
      guard let history = run.history, !history.rows.isEmpty,
        let counts = history.series.firstIndex(where: { $0.name == "weights.histogram" }),
        let lowest = history.series.firstIndex(where: { $0.name == "weights.lowest" }),
        let highest = history.series.firstIndex(where: { $0.name == "weights.highest" }),
        history.series[counts].axes.count == 2
      else { continue }
      let axes = history.series[counts].axes
      guard !axes[0].labels.isEmpty, !axes[1].labels.isEmpty else { continue }
      (self.run, self.history) = (run, history)
      (self.counts, self.lowest, self.highest) = (counts, lowest, highest)
      (names, bins) = (axes[0].labels, axes[1].labels.count)
      return
    }
    return nil
  }

  func epochText(_ row: Int) -> String { history.rows[row].point.epochText }

  /// Rows spread evenly, the first and the last among them.
  func shown(atMost count: Int) -> [Int] {
    let last = history.rows.count - 1
    guard last >= count else { return Array(history.rows.indices) }
    return (0..<count).map { $0 * last / (count - 1) }
  }

  /// Large parameters, spread over the depth of the network, in its order. Of a few weights a histogram says
  /// little.
  func layers(atMost count: Int) -> [Int] {
    let sizes = names.indices.map { layer in
      histogram(history.rows.count - 1, layer).reduce(0) { $0 + Double($1) }
    }
    let ranked = names.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let least = Double(8 * bins)
    let large = ranked.prefix(max(count, sizes.count { $0 >= least })).sorted()
    guard large.count > count else { return large }
    return (0..<count).map { large[$0 * (large.count - 1) / max(1, count - 1)] }
  }

  func shortName(_ layer: Int) -> String {
    TextExtent.shortened(names[layer], to: 220, size: PanelMargins.titleSize)
  }

  func range(_ row: Int, _ layer: Int) -> ClosedRange<Double>? {
    let values = history.rows[row].values
    let (low, high) = (values[lowest][layer], values[highest][layer])
    return low.isFinite && high.isFinite && low <= high ? low...high : nil
  }

  private func histogram(_ row: Int, _ layer: Int) -> [UInt64] {
    guard let all = history.rows[row].values[counts].counts, all.count == names.count * bins else {
      return []
    }
    return Array(all[layer * bins..<(layer + 1) * bins])
  }

  struct Ridges {
    let domain: ClosedRange<Double>?
    /// For each row the share of the weights in each bin of the common domain.
    let heights: [[Double]]
  }

  /// The histograms of some rows over common bins.
  func ridges(_ layer: Int, rows: [Int], bins target: Int = 64) -> Ridges {
    let all = rows.compactMap { row in
      range(row, layer).map { (range: $0, counts: histogram(row, layer)) }
    }
    guard let domain = Self.domain(all) else { return Ridges(domain: nil, heights: []) }
    let width = (domain.upperBound - domain.lowerBound) / Double(target)
    let heights = rows.map { row -> [Double] in
      var shares = Array(repeating: 0.0, count: target)
      guard let range = range(row, layer) else { return shares }
      let counts = histogram(row, layer)
      let sum = Double(counts.reduce(0, +))
      guard sum > 0 else { return shares }
      let own = (range.upperBound - range.lowerBound) / Double(max(1, counts.count))
      for (bin, count) in counts.enumerated() where count > 0 {
        // What lies in a bin is spread evenly over it.
        let start = (range.lowerBound + own * Double(bin) - domain.lowerBound) / width
        let end = own > 0 ? start + own / width : start + 1
        for place in max(0, Int(start))..<max(max(0, Int(start)), min(target, Int(end) + 1)) {
          let overlap = min(end, Double(place + 1)) - max(start, Double(place))
          if overlap > 0 { shares[place] += Double(count) / sum * overlap / (end - start) }
        }
      }
      return shares
    }
    return Ridges(domain: domain, heights: heights)
  }

  /// From the 0.1th to the 99.9th percentile of all rows together.
  private static func domain(
    _ rows: [(range: ClosedRange<Double>, counts: [UInt64])]
  ) -> ClosedRange<Double>? {
    var edges: [(value: Double, share: Double)] = []
    for (range, counts) in rows {
      let sum = Double(counts.reduce(0, +))
      guard sum > 0 else { continue }
      let width = (range.upperBound - range.lowerBound) / Double(max(1, counts.count))
      for (bin, count) in counts.enumerated() where count > 0 {
        edges.append((range.lowerBound + width * (Double(bin) + 0.5), Double(count) / sum))
      }
    }
    guard !edges.isEmpty else { return nil }
    edges.sort { $0.value < $1.value }
    let total = edges.reduce(0) { $0 + $1.share }
    var (low, high, passed) = (edges[0].value, edges[edges.count - 1].value, 0.0)
    for edge in edges {
      if passed < 0.001 * total { low = edge.value }
      passed += edge.share
      if passed <= 0.999 * total { high = edge.value }
    }
    if low < high { return low...high }
    // Constant: a spike at its value.
    let room = low == 0 ? 1 : abs(low) * 0.5
    return low - room...low + room
  }
}
