internal import CKernels
internal import Datasets
internal import Groundwork

/// What tells the labels of one stage from those of the one before.
struct LabelComparison {
  /// The share of pixels whose label is another.
  let changed: Double
  /// The share of pixels without a label.
  let unlabelled: Double

  /// - Parameter labels: `[samples]`, `[H, W]` of each.
  /// - Throws: ``DataError`` where a file of the data had to be read again and has changed.
  init(_ labels: [StoredLabels], to before: Dataset) throws(DataError) {
    var (changed, unlabelled, all) = (0, 0, 0)
    for (index, stored) in labels.enumerated() {
      let (now, then) = (stored.labels, try before.labels(index))
      for place in now.indices {
        if now[place] != then[place] { changed += 1 }
        if now[place] == Labels.ignoreIndex { unlabelled += 1 }
      }
      all += now.count
    }
    self.changed = Double(changed) / Double(max(1, all))
    self.unlabelled = Double(unlabelled) / Double(max(1, all))
  }

  /// 64 bits that depend on every label and on their order.
  static func digest(_ labels: [StoredLabels]) -> UInt64 {
    var words: [Float] = []
    for stored in labels {
      let values = stored.labels.map { Float($0) }
      let digest = ck_digest(values, values.count)
      for shift in stride(from: 0, to: 64, by: 16) {
        words.append(Float(UInt16(truncatingIfNeeded: digest >> UInt64(shift))))
      }
    }
    return ck_digest(words, words.count)
  }
}
