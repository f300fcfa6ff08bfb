import Foundation
import Tracking

/// Reads the log of an attempt, and on where it grows.
struct LogReader {
  private let path: String
  private var identity: UInt64?
  private var offset = 0
  private var pending = Data()

  init(store: FolderStore, run: RunRecord, attempt: Int) {
    path = store.logPath(run.id, experiment: run.experiment, attempt: attempt) ?? ""
  }

  /// The lines that have come since the last time, as a terminal may be given them. The first time they
  /// begin with what was put aside for being long.
  mutating func lines() -> [String] {
    if identity == nil { read(AttemptLog.earlier(path), isAside: true) }
    read(path, isAside: false)
    var lines = pending.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    pending = lines.popLast().map { Data($0) } ?? Data()
    return lines.map { line in
      String(decoding: line, as: UTF8.self).replacing("\t", with: "  ").printable
    }
  }

  /// Adds what the file has behind what was read of it already.
  private mutating func read(_ path: String, isAside: Bool) {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    let inode = UInt64(status.st_ino)
    if !isAside {
      // Another file has its place: what this one had last was put aside with it.
      if inode != identity { (identity, offset) = (inode, 0) }
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var place = isAside ? 0 : offset
    // A library may print without end; nobody reads more of it at once.
    while place < Int(status.st_size), pending.count < 4 * AttemptLog.limit {
      let count = pread(file, &chunk, chunk.count, off_t(place))
      guard count > 0 else { break }
      pending.append(contentsOf: chunk[..<count])
      place += count
    }
    if !isAside { offset = place }
  }
}
