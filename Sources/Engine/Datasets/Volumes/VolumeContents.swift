internal import Groundwork

/// What a file of volumes holds, for whoever has to name it in a list.
package enum VolumeContents: Sendable, Hashable {
  case slices(Int)
  /// One image.
  case image

  /// What names of such files end in, in lower case without the first point; not those of folders.
  package static var endings: Set<String> {
    Set(VolumeFormats.all.flatMap { $0 is Zarr ? [] : $0.endings.map { String($0.dropFirst()) } })
  }

  /// True where a list names a dataset in such a file.
  package static func hasDatasets(_ path: String) -> Bool {
    VolumeFormats.format(of: path)?.naming == .dataset
  }

  /// Files of strangers are looked at by the current ``VolumeProbe`` before they are opened.
  ///
  /// - Parameter dataset: `/raw`; empty for formats without datasets.
  /// - Returns: `nil` where the file holds no such thing, or cannot be read.
  package init?(of path: String, dataset: String = "") {
    let file = FilePath(path)
    if let count = try? VolumeCount.slices(of: file, dataset: dataset, axes: nil) {
      self = .slices(count)
      return
    }
    let question = VolumeProbe.Question(file: file, dataset: dataset, axes: nil, slices: [])
    if case .unreadable? = VolumeProbe.current?.findings([question])[file] { return nil }
    guard let volume = try? VolumeFormats.open(path, dataset: dataset, axes: nil),
      (try? volume.extent(of: nil)) != nil
    else { return nil }
    self = .image
  }
}
