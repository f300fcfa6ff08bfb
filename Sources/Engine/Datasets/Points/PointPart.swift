internal import Digest
package import Groundwork

/// One sample of a file of points, its values or its labels.
package struct PointPart: Sendable, Hashable {
  package let file: FilePath
  /// The file of the labels, where they are in one of their own.
  package let labels: FilePath?
  package let settings: PointSettings
  /// Which block of the file, from 0.
  package let block: Int

  package init(file: FilePath, labels: FilePath?, settings: PointSettings, block: Int = 0) {
    (self.file, self.labels, self.settings) = (file, labels, settings)
    self.block = block
  }

  /// The files that it is read from.
  var files: [String] { [file.text] + (labels.map { [$0.text] } ?? []) }

  /// Another where the files or the settings changed; `nil` where a file is not there.
  var stamp: FileStamp? { FileStamp(of: files)?.read(as: settings.words) }
}

extension FileStamp {
  /// The stamp of what is made of the same files in one of several ways.
  fileprivate func read(as words: String) -> FileStamp {
    var hash = SHA256()
    hash.update("\(node) \(words)")
    return FileStamp(
      device: device, node: UInt64(hash.finish().hex.prefix(16), radix: 16) ?? 0, size: size,
      modified: modified, changed: changed)
  }
}
