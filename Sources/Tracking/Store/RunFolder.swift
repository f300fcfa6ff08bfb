internal import Foundation

/// Where the files of a run lie.
///
/// ```
/// results/<experiment>/experiment.json
/// results/<experiment>/trials/<id[0..<2]>/<id>/
///   spec.yaml  spec.json  lock  attempts/1/{provenance.json, log.txt}
///   metrics.h5  checkpoints/round-000042.h5  state.json  result.json
/// ```
struct RunFolder {
  let experimentFolder: String
  let path: String

  init(root: String, experiment: String, id: String) {
    experimentFolder = "\(root)/\(experiment)"
    path = "\(experimentFolder)/\(Self.trials)/\(id.prefix(2))/\(id)"
  }

  static let trials = "trials"
  static let experimentFile = "experiment.json"
  static let specification = "spec.json"
  static let writtenSpecification = "spec.yaml"
  static let metrics = "metrics.h5"
  static let state = "state.json"
  static let result = "result.json"
  static let checkpoints = "checkpoints"
  static let attempts = "attempts"

  var lock: String { file("lock") }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  static func attempt(_ number: Int) -> String { "\(attempts)/\(number)" }
  static func provenance(_ attempt: Int) -> String { "\(Self.attempt(attempt))/provenance.json" }
  static func log(_ attempt: Int) -> String { "\(Self.attempt(attempt))/log.txt" }

  static func checkpoint(round: Int) -> String {
    let digits = String(round)
    let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
    return "\(checkpoints)/round-\(zeros)\(digits)"
  }

  /// The numbers of the attempts that left a folder, ascending.
  func attemptNumbers() -> [Int] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: file(Self.attempts))
    return (names ?? []).compactMap { Int($0) }.sorted()
  }

  func exists(_ name: String) -> Bool { access(file(name), F_OK) == 0 }

  /// The bytes of a file, `nil` where there is none.
  func read(_ name: String) throws(StoreError) -> Data? {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: file(name)))
    } catch CocoaError.fileReadNoSuchFile {
      return nil
    } catch {
      throw StoreError.system(path: file(name), action: "read", underlying: error)
    }
  }

  /// The bytes of a file that a state names, after they were found to be those that were written.
  func read(_ name: String, expecting digest: FileDigest) throws(StoreError) -> Data {
    guard let bytes = try read(name) else {
      throw StoreError.damaged(path: file(name), reason: "the file is gone")
    }
    guard FileDigest(bytes) == digest else {
      throw StoreError.damaged(
        path: file(name), reason: "its SHA-256 is not the one that was recorded")
    }
    return bytes
  }

  /// - Throws: where the file has not the recorded size; a look that costs nothing.
  func checkSize(of name: String, _ digest: FileDigest) throws(StoreError) {
    var information = stat()
    guard stat(file(name), &information) == 0 else {
      throw StoreError.damaged(path: file(name), reason: "the file is gone")
    }
    guard Int(information.st_size) == digest.bytes else {
      throw StoreError.damaged(
        path: file(name), reason: "it has \(information.st_size) bytes, not \(digest.bytes)")
    }
  }
}
