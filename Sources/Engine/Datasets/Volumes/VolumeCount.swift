internal import Groundwork

/// How many slices volumes have, for lists that name all of one.
enum VolumeCount {
  /// - Throws: ``ImageError`` where the volume cannot be opened, or the current ``VolumeProbe`` finds its
  ///   file unreadable.
  static func slices(
    of path: FilePath, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> Int {
    let question = VolumeProbe.Question(
      file: path, dataset: dataset, axes: axes?.letters, slices: [0])
    if case .unreadable(let reason)? = VolumeProbe.current?.findings([question])[path] {
      throw ImageError(reason)
    }
    let volume = try VolumeFormats.open(path.text, dataset: dataset, axes: axes)
    // What is no volume says why.
    _ = try volume.extent(of: 0)
    guard volume.slices > 0 else { throw ImageError("has no slices") }
    return volume.slices
  }
}
