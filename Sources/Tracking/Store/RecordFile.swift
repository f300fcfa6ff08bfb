internal import Digest
internal import Foundation

/// Reads the files of a record, which may come from anywhere: only regular files, without waiting
/// for anybody, and never more bytes than such a file has.
enum RecordFile {
  /// No JSON file and no spec of a record is larger.
  static let textLimit = 64 << 20

  /// - Returns: `nil` where there is no such file.
  /// - Throws: ``StoreError/damaged(path:reason:)`` for links, folders, pipes and devices, and for
  ///   files of more than `limit` bytes.
  static func read(_ path: String, atMost limit: Int = textLimit) throws(StoreError) -> Data? {
    guard let descriptor = try opened(path) else { return nil }
    defer { close(descriptor) }
    let count = try size(of: descriptor, path)
    guard count <= limit else {
      throw StoreError.damaged(
        path: path, reason: "it has \(count) bytes, and no such file has more than \(limit)")
    }
    return try bytes(of: descriptor, count, path)
  }

  /// What the bytes of a regular file are, a few of which are in memory at once; `nil` where there is none.
  static func digest(of path: String) throws(StoreError) -> FileDigest? {
    guard let descriptor = try opened(path) else { return nil }
    defer { close(descriptor) }
    _ = try size(of: descriptor, path)
    var hash = SHA256()
    var count = 0
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { room.deallocate() }
    while true {
      let got = Foundation.read(descriptor, room.baseAddress, room.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw StoreError.system(path: path, action: "read", code: errno) }
      if got == 0 { return FileDigest(bytes: count, sha256: hash.finish().hex) }
      hash.update(UnsafeRawBufferPointer(rebasing: room[..<got]))
      count += got
    }
  }

  /// - Returns: `nil` where there is nothing of that name.
  private static func opened(_ path: String) throws(StoreError) -> Int32? {
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor < 0 else { return descriptor }
    switch errno {
    case ENOENT: return nil
    case ELOOP: throw StoreError.damaged(path: path, reason: "it is a symbolic link, not a file")
    case let code: throw StoreError.system(path: path, action: "read", code: code)
    }
  }

  /// The bytes of a regular file, known without reading it; `nil` where there is none.
  static func size(of path: String) throws(StoreError) -> Int? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw StoreError.system(path: path, action: "read", code: errno)
    }
    return try size(status, path)
  }

  /// Tells whether there is a folder of that name, itself and no link to one.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Tells whether anything has that name, be it a link to nothing.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  static func size(of descriptor: Int32, _ path: String) throws(StoreError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw StoreError.system(path: path, action: "read", code: errno)
    }
    return try size(status, path)
  }

  private static func size(_ status: stat, _ path: String) throws(StoreError) -> Int {
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: kind = "a folder"
    case S_IFLNK: kind = "a symbolic link"
    case S_IFIFO: kind = "a pipe"
    case S_IFSOCK: kind = "a socket"
    default: kind = "a device"
    }
    throw StoreError.damaged(path: path, reason: "it is \(kind), not a file")
  }

  private static func bytes(
    of descriptor: Int32, _ count: Int, _ path: String
  ) throws(StoreError) -> Data {
    var bytes = Data(count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Foundation.read(descriptor, buffer.baseAddress! + filled, count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw StoreError.system(path: path, action: "read", code: errno) }
      // Records are replaced, not changed; what is shorter now has no right digest.
      guard got > 0 else { return bytes.prefix(filled) }
      filled += got
    }
    return bytes
  }
}
