internal import Foundation

/// A file that is written a part at a time, under another name beside its own until all is there.
package final class PartialFile {
  private let name: String
  /// Where to write meanwhile.
  package let path: String
  private var isKept = false

  package init(_ name: String) {
    self.name = name
    path = name + ".partial"
    unlink(path)
  }

  deinit { if !isKept { unlink(path) } }

  /// Gives the file its name.
  package func keep() throws(ImageError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      throw failure
    }
    close(descriptor)
    guard rename(path, name) == 0 else { throw failure }
    isKept = true
  }

  private var failure: ImageError {
    ImageError(file: name, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
