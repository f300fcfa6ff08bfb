internal import Foundation

/// The steps that records are written in, one system call or a few each, so that a test can stop
/// between any two of them.
protocol FileOperations: Sendable {
  /// Makes the folder and those above it; none of them is lost in a power cut.
  func makeFolder(_ path: String) throws(StoreError)
  /// Makes the folder in one that is there; no error where it is there itself.
  func makeSubfolder(_ path: String) throws(StoreError)
  /// Writes a new file; its bytes are on the disk when this returns.
  func write(_ bytes: Data, to path: String) throws(StoreError)
  /// Puts the file in the place of whatever has the other name, at once.
  func rename(_ path: String, to target: String) throws(StoreError)
  /// Gives the file a second name.
  ///
  /// - Returns: whether it did; `false` where the name was taken.
  func link(_ path: String, to target: String) throws(StoreError) -> Bool
  /// Removes the file; no error where there is none.
  func remove(_ path: String) throws(StoreError)
  /// The names in the folder are on the disk when this returns.
  func synchronize(folder: String) throws(StoreError)
}

/// The operations of the operating system.
struct SystemFiles: FileOperations {
  /// True where bytes and names are on the disk when an operation returns. Where nothing has to
  /// outlast a power cut, not waiting is a hundred times quicker.
  var waitsForDisk = true

  func makeFolder(_ path: String) throws(StoreError) {
    if isFolder(path) { return }
    let above = parentFolder(of: path)
    if above != path, !isFolder(above) { try makeFolder(above) }
    try make(path, in: above)
  }

  func makeSubfolder(_ path: String) throws(StoreError) {
    if isFolder(path) { return }
    try make(path, in: parentFolder(of: path))
  }

  private func make(_ path: String, in above: String) throws(StoreError) {
    guard mkdir(path, 0o777) == 0 || (errno == EEXIST && isFolder(path)) else {
      throw StoreError.system(path: path, action: "make the folder", code: errno)
    }
    try synchronize(folder: above)
  }

  func write(_ bytes: Data, to path: String) throws(StoreError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw StoreError.system(path: path, action: "write", code: errno) }
    let code = bytes.withUnsafeBytes { writeAll($0, to: file) }
    let isWritten = code == 0 && (!waitsForDisk || fsync(file) == 0)
    let failure = code == 0 ? errno : code
    close(file)
    guard isWritten else {
      throw StoreError.system(path: path, action: "write", code: failure)
    }
  }

  func rename(_ path: String, to target: String) throws(StoreError) {
    guard Foundation.rename(path, target) == 0 else {
      throw StoreError.system(path: target, action: "replace", code: errno)
    }
  }

  func link(_ path: String, to target: String) throws(StoreError) -> Bool {
    if Foundation.link(path, target) == 0 { return true }
    guard errno == EEXIST else {
      throw StoreError.system(path: target, action: "create", code: errno)
    }
    return false
  }

  func remove(_ path: String) throws(StoreError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw StoreError.system(path: path, action: "remove", code: errno)
    }
  }

  func synchronize(folder: String) throws(StoreError) {
    guard waitsForDisk else { return }
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StoreError.system(path: folder, action: "open the folder", code: errno)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw StoreError.system(path: folder, action: "write the folder", code: errno)
    }
  }

  /// - Returns: 0, or the `errno` of the write that failed.
  private func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
      let count = Foundation.write(file, start, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? EIO : errno }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  private func isFolder(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }
}
