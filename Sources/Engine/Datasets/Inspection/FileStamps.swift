internal import Synchronization

/// The stamps of the files that samples name. Of a volume that lies in several files, a header beside its
/// values or a folder of chunks, all files make one stamp, which is taken once: its slices are many.
final class FileStamps: Sendable {
  private let volumes = Mutex<[FilePath: FileStamp?]>([:])

  /// - Returns: `nil` where there is no such file, or the volume does not say which files it lies in.
  func stamp(of file: ListedFile) -> FileStamp? {
    if let points = file.points { return points.stamp }
    guard let slice = file.slice else { return FileStamp(file.path) }
    guard slice.isSpread else { return FileStamp(slice.file) }
    if let known = volumes.withLock({ $0[slice.file] }) { return known }
    let stamp = slice.files.flatMap { FileStamp(of: $0) }
    volumes.withLock { $0[slice.file] = .some(stamp) }
    return stamp
  }

  /// The stamps of volumes in several files that are not what they were when they were taken.
  var outdated: Set<FileStamp> {
    let taken = volumes.withLock { $0 }
    let now = FileStamps()
    return Set(
      taken.compactMap { path, stamp in
        guard let stamp else { return nil }
        let file = ListedFile(
          name: path.text, path: path, slice: VolumeSlice(file: path, dataset: "", index: nil))
        return now.stamp(of: file) == stamp ? nil : stamp
      })
  }
}

extension ListedFile {
  /// True where a stamp of the file itself, taken now, is the same. Of volumes in several files it is asked
  /// once all samples were read.
  func isUnchanged(since stamp: FileStamp) -> Bool {
    if let points { return points.stamp == stamp }
    guard let slice else { return FileStamp(path) == stamp }
    return slice.isSpread || FileStamp(slice.file) == stamp
  }
}
