import Foundation

/// A file that comes in parts and is there whole or not at all.
enum WrittenFile {
  /// - Parameter fill: is given what takes the parts in their order.
  /// - Throws: ``Failure`` where the system refuses, and what `fill` throws.
  static func write(
    to path: String, _ fill: (_ write: @escaping (Data) throws -> Void) throws -> Void
  ) throws {
    let target = URL(fileURLWithPath: path)
    let part = target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent)-\(UUID().uuidString)")
    let descriptor = open(part.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw refusal(path, errno) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try fill { data in
        do { try file.write(contentsOf: data) } catch { throw refusal(path, error) }
      }
      guard fsync(descriptor) == 0 else { throw refusal(path, errno) }
      guard rename(part.path, path) == 0 else { throw refusal(path, errno) }
    } catch {
      unlink(part.path)
      throw error
    }
  }

  private static func refusal(_ path: String, _ error: any Error) -> any Error {
    (error as? CocoaError).map {
      Failure(.damagedStore, "error: \(path): cannot be written: \(SystemRefusal.words(for: $0))")
    } ?? error
  }

  private static func refusal(_ path: String, _ code: Int32) -> Failure {
    Failure(
      .damagedStore,
      "error: \(path): cannot be written: \(String(cString: strerror(code))); name another file with -o"
    )
  }
}
