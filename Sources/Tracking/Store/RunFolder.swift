internal import Foundation

/// Where the files of a run lie.
///
/// ```
/// results/<experiment>/experiment.json
/// results/<experiment>/trials/<id[0..<2]>/<id>/
///   spec.yaml  spec.json  lock  attempts/1/{provenance.json, log.txt}
///   metrics.h5  previews-<digest>.h5  checkpoints/{step-0000120.h5, interim-0000131.h5}  state.json  result.json
///   tests/{0001.json, 0001-<digest>.h5}  labels.json
/// ```
///
/// Every JSON file carries its own digest, `metrics.h5` too; `state.json` names all others with
/// theirs, but for the tests and the labels, which come after the training.
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

  /// Where damage is named, the run's folder.
  static let itself = "."

  static let lockName = "lock"
  /// Is there while a person wants the run to end with its next evaluation.
  static let endRequest = "end-request"

  var lock: String { file(Self.lockName) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  static func attempt(_ number: Int) -> String { "\(attempts)/\(number)" }
  static func provenance(_ attempt: Int) -> String { "\(Self.attempt(attempt))/provenance.json" }
  static func log(_ attempt: Int) -> String { "\(Self.attempt(attempt))/log.txt" }

  /// `checkpoints/step-0000120`
  static func checkpoint(afterStep step: Int) -> String { checkpointStem + padded(step) }

  /// `checkpoints/interim-0000131.h5`, of a checkpoint between two evaluations
  static func interim(afterStep step: Int) -> String { "\(interimStem)\(padded(step)).h5" }

  private static func padded(_ step: Int) -> String {
    let digits = String(step)
    return String(repeating: "0", count: max(0, stepDigits - digits.count)) + digits
  }

  private static let checkpointStem = "\(checkpoints)/step-"
  private static let interimStem = "\(checkpoints)/interim-"

  private static let stepDigits = 7

  /// Tells whether a file of that name can belong to a run.
  static func isRecorded(_ name: String) -> Bool {
    if [specification, writtenSpecification, metrics, result].contains(name) { return true }
    return isCheckpoint(name) || isInterim(name) || isPreviews(name)
      || attempt(ofProvenance: name) != nil
  }

  /// Tells whether it is a name that this program gives to checkpoints of evaluations.
  static func isCheckpoint(_ name: String) -> Bool { hasStep(name, after: checkpointStem) }

  /// Tells whether it is a name that this program gives to checkpoints between evaluations.
  static func isInterim(_ name: String) -> Bool { hasStep(name, after: interimStem) }

  private static func hasStep(_ name: String, after stem: String) -> Bool {
    guard var rest = name.utf8.between(stem, ".h5") else { return false }
    let step = rest.prefix(while: \.isDecimalDigit)
    rest = rest.dropFirst(step.count)
    if !rest.isEmpty {
      let separator = "-attempt-".utf8
      guard rest.starts(with: separator) else { return false }
      let attempt = rest.dropFirst(separator.count)
      guard (1...19).contains(attempt.count), attempt.allSatisfy(\.isDecimalDigit) else {
        return false
      }
    }
    return (stepDigits...19).contains(step.count)
  }

  /// The name of a file of previews, which its content decides.
  static func previews(_ digest: FileDigest) -> String {
    "\(previewsStem)\(digest.sha256.prefix(previewsDigits)).h5"
  }

  static func isPreviews(_ name: String) -> Bool {
    guard let digits = name.utf8.between(previewsStem, ".h5") else { return false }
    return digits.count == previewsDigits && digits.allSatisfy(\.isLowercaseHexadecimalDigit)
  }

  private static let previewsStem = "previews-"
  private static let previewsDigits = 16

  private static func attempt(ofProvenance name: String) -> Int? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let number = attempt(named: String(parts[1])) else { return nil }
    return provenance(number) == name ? number : nil
  }

  private static func attempt(named name: String) -> Int? {
    guard let number = Int(name), PlausibleNumbers.attempts.contains(number) else { return nil }
    return String(number) == name ? number : nil
  }

  /// The numbers of the attempts that left a folder, ascending.
  func attemptNumbers() -> [Int] {
    names(in: Self.attempts).compactMap { Self.attempt(named: $0) }.sorted()
  }

  /// What lies in a folder of the run, sorted; nothing where it is no folder but a link to one.
  func names(in name: String) -> [String] {
    (FolderListing(file(name), followsLinks: false)?.names ?? []).sorted()
  }

  func exists(_ name: String) -> Bool { RecordFile.exists(file(name)) }

  /// The bytes of a file, `nil` where there is none.
  func read(
    _ name: String, atMost limit: Int = RecordFile.textLimit
  ) throws(StoreError) -> Data? {
    try RecordFile.read(file(name), atMost: limit)
  }

  /// The bytes of a file that a state names, after they were found to be those that were written.
  func read(_ name: String, expecting digest: FileDigest) throws(StoreError) -> Data {
    try checkSize(of: name, digest)
    // A file with holes may claim any size, and whoever made it any digest.
    guard digest.bytes <= ProcessInfo.processInfo.physicalMemory else {
      throw StoreError.damaged(
        path: file(name), reason: "it has \(digest.bytes) bytes, more than this machine's memory")
    }
    guard let bytes = try read(name, atMost: digest.bytes) else {
      throw StoreError.damaged(path: file(name), reason: "the file is gone")
    }
    guard FileDigest(bytes) == digest else { throw otherDigest(name) }
    return bytes
  }

  /// Compares every byte of a file that a state names with what was written, and keeps none.
  func check(_ name: String, _ digest: FileDigest) throws(StoreError) {
    try checkSize(of: name, digest)
    guard try RecordFile.digest(of: file(name)) == digest else { throw otherDigest(name) }
  }

  private func otherDigest(_ name: String) -> StoreError {
    StoreError.damaged(path: file(name), reason: "its SHA-256 is not the one that was recorded")
  }

  /// Compares the size of a file with the recorded one, without reading the file.
  ///
  /// - Throws: ``StoreError`` where the file is gone or has another size.
  func checkSize(of name: String, _ digest: FileDigest) throws(StoreError) {
    guard let count = try RecordFile.size(of: file(name)) else {
      throw StoreError.damaged(path: file(name), reason: "the file is gone")
    }
    guard count == digest.bytes else {
      throw StoreError.damaged(
        path: file(name), reason: "it has \(count) bytes, not \(digest.bytes)")
    }
  }
}

extension String.UTF8View {
  /// What stands between a beginning and an end; `nil` where these are not there.
  fileprivate func between(_ first: String, _ last: String) -> Substring.UTF8View? {
    guard starts(with: first.utf8) else { return nil }
    let rest = dropFirst(first.utf8.count)
    guard rest.suffix(last.utf8.count).elementsEqual(last.utf8) else { return nil }
    return rest.dropLast(last.utf8.count)
  }
}

extension UInt8 {
  fileprivate var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isLowercaseHexadecimalDigit: Bool {
    isDecimalDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
  }
}
