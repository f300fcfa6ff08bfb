internal import Digest
internal import Foundation
internal import Measurements

/// The content of `state.json`: which files count, with their digests. Replacing it is what commits
/// an evaluation, or a checkpoint between two of them.
struct RunState: Codable, Hashable {
  var attempt: Int
  /// Steps before the last committed evaluation; 0 before the first.
  var step: Int
  /// By path in the run's folder.
  var files: [String: FileDigest]
  /// `last` and `best`.
  var checkpoints: [String: NamedCheckpoint]
  /// The one between two evaluations that an interrupted run goes on from; `nil` where that is `last`.
  var interim: NamedCheckpoint?
  /// Files of checkpoints that are not kept any more, sorted; `files` has their digests still.
  var dropped: [String]?

  struct NamedCheckpoint: Codable, Hashable {
    /// Its path in the run's folder.
    var file: String
    var evaluation: EvaluationPoint
  }

  static let lastName = "last"
  static let bestName = "best"

  /// What the checkpoints are, for records.
  var checkpointRecords: [CheckpointRecord] {
    checkpoints.sorted { $0.key < $1.key }.compactMap { name, checkpoint in
      files[checkpoint.file].map { digest in
        CheckpointRecord(
          name: name, file: checkpoint.file, bytes: digest.bytes, sha256: digest.sha256,
          evaluation: checkpoint.evaluation)
      }
    }
  }

  func isDropped(_ file: String) -> Bool { dropped?.contains(file) == true }

  /// Says that files of checkpoints are not kept any more, or are again.
  mutating func setDropped(_ files: Set<String>) {
    dropped = files.isEmpty ? nil : files.sorted()
  }

  /// The file of the previews; `nil` where there are none.
  var previews: String? { files.keys.first(where: RunFolder.isPreviews) }

  /// Forgets the digests of checkpoints that no name leads to.
  mutating func dropUnnamedCheckpoints() {
    let named = Set((checkpoints.values + [interim].compactMap(\.self)).map(\.file))
    files = files.filter {
      !$0.key.hasPrefix(RunFolder.checkpoints + "/") || named.contains($0.key)
    }
    setDropped(Set(dropped ?? []).intersection(named))
  }
}

struct FileDigest: Codable, Hashable {
  var bytes: Int
  /// 64 hexadecimal digits.
  var sha256: String

  init(bytes: Int, sha256: String) {
    self.bytes = bytes
    self.sha256 = sha256
  }

  init(_ content: Data) {
    self.init(bytes: content.count, sha256: SHA256.hex(of: content))
  }
}

/// The content of `result.json`.
struct StoredResult: Codable {
  var result: ResultRecord
  /// The attempt that ended so.
  var attempt: Int
}
