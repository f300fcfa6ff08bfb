internal import Foundation

/// A run's folder, as listing the results folder finds it.
struct FoundRun: Sendable {
  let experiment: String
  let id: String
}

extension FolderStore {
  /// The folders of runs, without a look at what is in them.
  func found() throws(StoreError) -> [FoundRun] {
    var found: [FoundRun] = []
    for experiment in try experiments() {
      found += try ids(of: experiment).map { FoundRun(experiment: experiment, id: $0) }
    }
    return found
  }
}

/// What tells that a record is still the one that was read: time, size and place of each of its files.
///
/// A record that is replaced, lengthened, moved or touched has another stamp. So that none has the stamp of
/// a record that was read while it changed, a stamp is only trusted where all files are older than its
/// making by more than the clock of file systems is coarse.
struct RunStamp {
  /// Never 0, which no record has.
  let value: UInt64
  /// Nanoseconds since 1970 of the latest change.
  let newest: Int

  /// What every record may have; a folder's time tells of files that were added, removed or replaced.
  private static let files: [StaticString] = [
    "spec.json", "spec.yaml", "state.json", "metrics.h5", "result.json", "labels.json", "tests",
  ]

  /// - Parameter others: further files of the record, one a line.
  init(folder: String, others: String) {
    var (newest, hash) = (0, StableHash())
    func add(_ isThere: Bool, _ status: stat) {
      guard isThere else { return hash.combine(1) }
      let time = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
      newest = max(newest, time)
      hash.combine(UInt64(bitPattern: Int64(time)))
      hash.combine(UInt64(bitPattern: Int64(status.st_size)))
      hash.combine(UInt64(status.st_ino))
      hash.combine(UInt64(status.st_mode))
    }
    // Names are looked up from the folder, which is much quicker than from the root.
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    var status = stat()
    add(fstat(descriptor, &status) == 0, status)
    for name in Self.files {
      let isThere = name.withUTF8Buffer { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          fstatat(descriptor, $0.baseAddress!, &status, AT_SYMLINK_NOFOLLOW) == 0
        }
      }
      add(isThere, status)
    }
    for name in others.split(separator: "\n") {
      add(fstatat(descriptor, String(name), &status, AT_SYMLINK_NOFOLLOW) == 0, status)
    }
    value = max(hash.value, 1)
    self.newest = newest
  }

  /// Nanoseconds that all files must be older than the making of a stamp.
  static let margin = 2_000_000_000

  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}

extension RunFolder {
  /// The files that its record stands on beside those that every record may have, one a line.
  func furtherFiles(of run: RunRecord) -> String {
    let attempts = attemptNumbers().map { Self.provenance($0) }
    let tests = names(in: "tests").map { "tests/\($0)" }
    let previews = (FolderListing(path)?.names ?? []).filter(Self.isPreviews).sorted()
    return (attempts + Set(run.checkpoints.map(\.file)).sorted() + previews + tests)
      .joined(separator: "\n")
  }
}
