internal import Digest
internal import Foundation
internal import HDF5

/// The history of a run as an HDF5 file, see ``MetricColumn/columns(of:)`` for its datasets.
///
/// The file is replaced every round, before the state that names it. So that a reader can tell a
/// file that is a round ahead of the state from a damaged one, the SHA-256 of the HDF5 bytes stands
/// behind them, where HDF5 does not look.
enum MetricsFile {
  static let format = "experiments metrics"
  static let version = 1
  /// In bytes: a million evaluations of a small network, thousands of a large one.
  static let limit = 1 << 30

  static func encode(_ history: MetricHistory) throws -> Data {
    try MetricColumn.checkNames(history)
    let file = try HDF5File()
    let columns = MetricColumn.columns(of: history)
    try file.root.setAttribute("format", to: format)
    try file.root.setAttribute("format_version", to: version)
    try file.root.setAttribute("content_sha256", to: contentDigest(of: columns))
    var tree = HDF5Tree(file.root)
    for column in columns {
      let group = try tree.group(column.path.dropLast())
      let dataset = try column.write(in: group)
      if let units = column.units { try dataset.setAttribute("units", to: units) }
      try dataset.setAttribute("description", to: column.about)
    }
    let image = try file.image()
    return image + trailer(of: image)
  }

  /// - Throws: ``HDF5Error``, also where the bytes are not those that their end vouches for.
  static func decode(_ bytes: Data) throws -> MetricHistory {
    let image = bytes.dropLast(trailerLength)
    guard bytes.suffix(trailerLength) == trailer(of: image) else {
      throw HDF5Error(action: "read it", causes: ["its bytes are not those that were written"])
    }
    let root = try HDF5File(image: image).root
    try root.requireFormat(format, version: version)
    return try MetricReading(root).history()
  }

  /// SHA-256 over names, shapes and values of everything but the timing: equal for equal trainings.
  static func contentDigest(of columns: [MetricColumn]) -> String {
    var hash = SHA256()
    for column in columns where column.path.first != MetricColumn.timing {
      hash.update("\(column.path.joined(separator: "/")) \(column.shape)\n")
      column.withBytes { hash.update($0) }
    }
    return hash.finalize()
  }

  private static func trailer(of image: Data) -> Data {
    Data("sha256:\(SHA256.hex(of: image))\n".utf8)
  }

  private static let trailerLength = "sha256:".utf8.count + 64 + 1
}

extension MetricHistory {
  /// SHA-256 over everything but how long it took and in which attempt: equal trainings have equal
  /// digests. The attribute `content_sha256` of a run's `metrics.h5`.
  package var contentDigest: String {
    MetricsFile.contentDigest(of: MetricColumn.columns(of: self))
  }

  /// The history as it was when that round ended.
  package func cut(toRound round: Int) -> MetricHistory {
    var history = self
    history.rows.removeAll { $0.round > round }
    return history
  }
}
