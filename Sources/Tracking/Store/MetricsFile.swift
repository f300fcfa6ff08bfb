internal import Digest
internal import Foundation
internal import HDF5

/// The history of a run as an HDF5 file, see ``MetricDataset`` for its datasets.
///
/// The file is replaced at every evaluation, before the state that names it. So that a reader can tell a
/// file that is an evaluation ahead of the state from a damaged one, the SHA-256 of the HDF5 bytes stands
/// behind them, where HDF5 does not look.
enum MetricsFile {
  static let format = "experiments metrics"
  static let version = 2
  /// In bytes: a million evaluations of a small network, thousands of a large one.
  static let limit = 1 << 30

  static func encode(_ history: MetricHistory) throws -> Data {
    try MetricDataset.checkNames(history)
    let file = try HDF5File()
    let datasets = MetricDataset.datasets(of: history)
    try file.root.setAttribute("format", to: format)
    try file.root.setAttribute("format_version", to: version)
    try file.root.setAttribute("content_sha256", to: contentDigest(of: datasets))
    var tree = HDF5Tree(file.root)
    var scales: [[String]: HDF5Dataset] = [:]
    for dataset in datasets {
      let written = try dataset.write(in: tree.group(dataset.path.dropLast()))
      if dataset.scaleName != nil { scales[dataset.path] = written }
      try attach(scales, to: written, dataset)
    }
    let image = try file.image()
    return image + trailer(of: image)
  }

  /// Steps are the scale of the first axis, and epochs stand beside them.
  private static func attach(
    _ scales: [[String]: HDF5Dataset], to written: HDF5Dataset, _ dataset: MetricDataset
  ) throws(HDF5Error) {
    for (axis, path) in dataset.scales.enumerated() {
      guard let path, let scale = scales[path] else { continue }
      try written.attach(scale, named: try scale.scaleName(), toAxis: axis)
      if path == [MetricDataset.stepName], let epoch = scales[[MetricDataset.epochName]] {
        try written.attach(epoch, toAxis: axis)
      }
    }
  }

  /// - Parameter isVouchedFor: whether the bytes are known to be those that were written.
  /// - Throws: ``HDF5Error``, also where the bytes are not those that their end vouches for.
  static func decode(_ bytes: Data, isVouchedFor: Bool = false) throws -> MetricHistory {
    let image = bytes.dropLast(trailerLength)
    guard isVouchedFor || bytes.suffix(trailerLength) == trailer(of: image) else {
      throw HDF5Error(action: "read it", causes: ["its bytes are not those that were written"])
    }
    if let history = MetricLayouts.shared.history(of: image) { return history }
    let root = try HDF5File(image: image).root
    try root.requireFormat(format, version: version)
    let history = try MetricReading(root).history()
    if let layout = MetricLayout(root, image: image, history: history) {
      MetricLayouts.shared.add(layout)
    }
    return history
  }

  /// SHA-256 over names, shapes and values of everything but times and attempts: equal for equal trainings.
  static func contentDigest(of datasets: [MetricDataset]) -> String {
    var hash = SHA256()
    for dataset in datasets where dataset.isReproducible {
      hash.update("\(dataset.path.joined(separator: "/")) \(dataset.shape)\n")
      dataset.withBytes { hash.update($0) }
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
    MetricsFile.contentDigest(of: MetricDataset.datasets(of: self))
  }
}
