internal import Foundation
internal import HDF5
internal import Measurements

/// Where the values of a history stand in the bytes of its HDF5 file.
///
/// Runs that measure the same as often leave files that differ in their values alone. Once libhdf5 has read
/// one of them, every other whose remaining bytes are equal is read by copying its values: libhdf5 would
/// find the same datasets in the same places. It takes a fiftieth of the time, and several threads may do
/// it at once.
struct MetricLayout: Sendable {
  /// A file that libhdf5 has read.
  private let sample: Data
  /// The bytes that are not values, and have to be those of the sample.
  private let fixed: [Range<Int>]
  private let series: [SeriesDescription]
  private let tensorNames: [String]
  private let evaluations: Int
  private let steps: Int
  private let epochs: Int
  private let attempts: Int
  private let digests: Int
  private let columns: [Column]

  /// The values of a series.
  private struct Column {
    enum Kind { case number, numbers, counts, images(names: Int, length: Int) }
    let kind: Kind
    let offset: Int
    let count: Int
  }

  /// Larger files are read by libhdf5 alone.
  private static let sizeLimit = 4 << 20

  /// - Returns: `nil` where the values do not stand in one piece each.
  init?(_ root: HDF5Group, image: Data, history: MetricHistory) {
    guard image.count <= Self.sizeLimit, let first = history.rows.first else { return nil }
    var values: [Range<Int>] = []
    func place(_ path: [String], in group: HDF5Group) -> Int? {
      var group = group
      for name in path.dropLast() {
        guard let next = try? group.group(name) else { return nil }
        group = next
      }
      guard let dataset = try? group.dataset(path[path.count - 1]), let range = dataset.bytes,
        range.lowerBound >= 0, range.upperBound <= image.count, !range.isEmpty
      else { return nil }
      values.append(range)
      return range.lowerBound
    }
    guard let steps = place([MetricDataset.stepName], in: root),
      let epochs = place([MetricDataset.epochName], in: root),
      let attempts = place([MetricDataset.attemptName], in: root)
    else { return nil }
    var digests = 0
    if !history.tensorNames.isEmpty {
      guard let found = place([MetricDataset.tensors, "digests"], in: root) else { return nil }
      digests = found
    }
    var columns: [Column] = []
    for (series, measured) in zip(history.series, first.values) {
      let path = SeriesDescription.parts(of: series.name)
      guard let offset = place(path, in: root) else { return nil }
      var kind: Column.Kind
      switch measured {
      case .number: kind = .number
      case .numbers: kind = .numbers
      case .counts: kind = .counts
      case .images:
        guard let names = place([MetricDataset.imageNames] + path, in: root),
          let range = values.last
        else { return nil }
        let texts = history.rows.count * series.count
        guard texts > 0, range.count % texts == 0 else { return nil }
        kind = .images(names: names, length: range.count / texts)
      }
      columns.append(Column(kind: kind, offset: offset, count: series.count))
    }
    guard let digest = try? root.textAttribute("content_sha256"),
      let place = image.range(of: Data(digest.utf8))
    else { return nil }
    values.append(place.lowerBound - image.startIndex..<place.upperBound - image.startIndex)
    sample = Data(image)
    fixed = Self.gaps(between: values, in: image.count)
    (series, tensorNames) = (history.series, history.tensorNames)
    evaluations = history.rows.count
    (self.steps, self.epochs, self.attempts, self.digests) = (steps, epochs, attempts, digests)
    self.columns = columns
    // What is copied is what libhdf5 has read, or the layout is not kept.
    guard self.history(of: sample) == history else { return nil }
  }

  private static func gaps(between ranges: [Range<Int>], in count: Int) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var end = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > end { gaps.append(end..<range.lowerBound) }
      end = max(end, range.upperBound)
    }
    return end < count ? gaps + [end..<count] : gaps
  }

  /// Tells whether the values of the file stand where those of the sample do.
  func fits(_ image: Data) -> Bool {
    guard image.count == sample.count else { return false }
    return image.withUnsafeBytes { bytes in
      sample.withUnsafeBytes { known in
        fixed.allSatisfy { range in
          memcmp(
            bytes.baseAddress! + range.lowerBound, known.baseAddress! + range.lowerBound,
            range.count)
            == 0
        }
      }
    }
  }

  /// The history of a file that fits.
  func history(of image: Data) -> MetricHistory {
    image.withUnsafeBytes { bytes in
      func integer(_ offset: Int, _ index: Int) -> UInt64 {
        UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self))
      }
      func number(_ offset: Int, _ index: Int) -> Double {
        Double(bitPattern: integer(offset, index))
      }
      func values(_ column: Column, _ row: Int) -> MeasuredValues {
        let places = row * column.count..<(row + 1) * column.count
        switch column.kind {
        case .number: return .number(number(column.offset, row))
        case .numbers: return .numbers(places.map { number(column.offset, $0) })
        case .counts: return .counts(places.map { integer(column.offset, $0) })
        case .images(let names, let length):
          return .images(
            places.compactMap { place in
              let start = names + place * length
              let name = bytes[start..<start + length].prefix { $0 != 0 }
              return name.isEmpty
                ? nil
                : RankedImage(
                  name: String(decoding: name, as: UTF8.self), value: number(column.offset, place))
            })
        }
      }
      let rows = (0..<evaluations).map { row in
        MetricHistory.Row(
          EvaluationPoint(
            step: Int(truncatingIfNeeded: integer(steps, row)), epoch: number(epochs, row)),
          values: columns.map { values($0, row) },
          tensorDigests: tensorNames.indices.map { integer(digests, row * tensorNames.count + $0) },
          attempt: Int(truncatingIfNeeded: integer(attempts, row)))
      }
      return MetricHistory(series: series, tensorNames: tensorNames, rows: rows)
    }
  }
}

/// The layouts of the files that were read last.
final class MetricLayouts: @unchecked Sendable {
  static let shared = MetricLayouts()
  private let lock = NSLock()
  private var layouts: [MetricLayout] = []
  private static let limit = 8

  /// The history of a file that is as one that was read; `nil` of any other.
  func history(of image: Data) -> MetricHistory? {
    lock.lock()
    let layouts = layouts
    lock.unlock()
    return layouts.first { $0.fits(image) }?.history(of: image)
  }

  func add(_ layout: MetricLayout) {
    lock.lock()
    defer { lock.unlock() }
    layouts.insert(layout, at: 0)
    if layouts.count > Self.limit { layouts.removeLast() }
  }
}
