internal import CKernels
package import Groundwork

/// The labels of a loaded sample: a byte each where they are kept in memory and all fit, so that a
/// cached data set takes no more than its masks do.
package enum StoredLabels: Sendable, Hashable {
  /// 255 stands for ``Labels/ignoreIndex``; every other label is below it.
  case bytes([UInt8])
  case words([Label])

  /// More values than these do not fit in bytes beside the one that is ignored.
  static let valuesInBytes = 255

  /// - Parameter values: every label is below it, or ignored.
  package init(_ labels: [Label], values: Int) {
    guard values <= Self.valuesInBytes else {
      self = .words(labels.withUnsafeBufferPointer { Array($0) })
      return
    }
    self = .bytes(
      [UInt8].filled(count: labels.count) { ck_narrow_labels(labels, labels.count, $0) })
  }

  /// Bytes that a label takes where it is kept.
  static func bytesPerLabel(values: Int) -> Int {
    values <= valuesInBytes ? 1 : MemoryLayout<Label>.stride
  }

  /// How many labels there are.
  package var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .words(let words): words.count
    }
  }

  /// Writes every label, ``count`` of them.
  package func copy(to target: UnsafeMutablePointer<Label>) {
    switch self {
    case .bytes(let bytes): ck_widen_labels(bytes, bytes.count, target)
    case .words(let words):
      words.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress else { return }
        target.update(from: start, count: source.count)
      }
    }
  }

  /// Every label, in memory of its own where they are stored as bytes.
  package var labels: [Label] {
    switch self {
    case .bytes(let bytes): [Label].filled(count: bytes.count) { copy(to: $0) }
    case .words(let words): words
    }
  }
}

extension DataConfiguration {
  /// Bytes that the labels of a pixel take where samples are kept in memory.
  var keptLabelBytes: Int {
    let values = reading.labelValues(classes: classes.count)
    return reading.planes(classes: classes.count) * StoredLabels.bytesPerLabel(values: values)
  }
}
