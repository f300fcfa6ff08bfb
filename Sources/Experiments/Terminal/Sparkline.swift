/// A course of values in one line of block characters.
enum Sparkline {
  /// How several values that share a character become one.
  enum Bucket { case mean, maximum }

  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// - Parameters:
  ///   - values: those that are not finite are gaps.
  ///   - width: the most characters.
  ///   - floor: the value of the lowest block; the lowest value where `nil`.
  static func text(
    _ values: [Double], width: Int, bucket: Bucket = .mean, floor: Double? = nil
  ) -> String {
    guard !values.isEmpty, width > 0 else { return "" }
    let count = min(width, values.count)
    let buckets = (0..<count).map { index -> Double? in
      let part = values[index * values.count / count..<(index + 1) * values.count / count]
        .filter(\.isFinite)
      guard !part.isEmpty else { return nil }
      return bucket == .mean ? part.reduce(0, +) / Double(part.count) : part.max()
    }
    let known = buckets.compactMap(\.self)
    guard let low = floor ?? known.min(), let high = known.max() else {
      return String(repeating: " ", count: count)
    }
    return String(
      buckets.map { value -> Character in
        guard let value else { return " " }
        guard high > low else { return blocks[0] }
        let place = (value - low) / (high - low) * Double(blocks.count - 1)
        return blocks[max(0, min(blocks.count - 1, Int(place.rounded())))]
      })
  }
}
