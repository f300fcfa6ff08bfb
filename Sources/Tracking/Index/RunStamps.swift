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

/// What tells that a record is still the one that was read: time, size and place of its folder and of each of
/// its files.
///
/// A record that is replaced, lengthened, moved or touched has another stamp, and so has one that got a
/// further file: that changes the time of its folder. So that none has the stamp of a record that was read
/// while it changed, a stamp is only trusted where all files are older than its making by more than the clock
/// of file systems is coarse.
struct RunStamp {
  /// Never 0, which no record has.
  let value: UInt64
  /// Nanoseconds since 1970 of the latest change.
  let newest: Int

  /// - Parameter files: in the folder, see ``RunFolder/files(of:)``.
  init(folder: String, files: FileNames) {
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
    for name in files.names {
      let isThere = name.withUnsafeBufferPointer {
        fstatat(descriptor, $0.baseAddress!, &status, AT_SYMLINK_NOFOLLOW) == 0
      }
      add(isThere, status)
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

/// Names of files as system calls take them, which many records share.
struct FileNames: Sendable {
  fileprivate let names: [ContiguousArray<CChar>]

  /// - Parameter lines: a name each.
  init(lines: String) {
    names = lines.split(separator: "\n").map { ContiguousArray(String($0).utf8CString) }
  }
}

extension RunFolder {
  /// The files that its record stands on, one a line.
  func files(of run: RunRecord) -> String {
    let own = [
      Self.specification, Self.writtenSpecification, Self.state, Self.metrics, Self.result,
      LabelsFile.name, "tests",
    ]
    let attempts = attemptNumbers().map { Self.provenance($0) }
    let tests = names(in: "tests").map { "tests/\($0)" }
    let previews = (FolderListing(path)?.names ?? []).filter(Self.isPreviews).sorted()
    let further = attempts + Set(run.checkpoints.map(\.file)).sorted() + previews + tests
    return (own.filter(exists) + further).joined(separator: "\n")
  }
}
