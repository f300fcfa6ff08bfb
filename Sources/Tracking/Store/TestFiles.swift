internal import Digest
internal import Foundation

/// The tests of a run as files of its folder: `tests/0001.json` says what was judged and names the file
/// with the values, `tests/0001-<digest>.h5`, with its digest.
///
/// The values are written first. Whoever makes the JSON file has the number; neither is ever changed.
struct TestFiles {
  let folder: RunFolder

  static let name = "tests"

  private struct Stored: Codable {
    var facts: TestRecord.Facts
    var file: String
    var digest: FileDigest
  }

  /// - Returns: the record with the number that it was given.
  func add(_ record: TestRecord, _ operations: any FileOperations) throws(StoreError) -> TestRecord
  {
    let files = AtomicFile(operations: operations)
    try operations.makeSubfolder(folder.file(Self.name))
    let values: Data
    do { values = try MetricsFile.encode(record.history) } catch {
      throw StoreError.unusable(path: folder.file(Self.name), reason: "\(error)")
    }
    var record = record
    record.facts.number = (numbers.last ?? 0) + 1
    while true {
      let stem = Self.stem(record.facts.number)
      let digest = FileDigest(values)
      let file = "\(stem)-\(digest.sha256.prefix(16)).h5"
      _ = try files.createOnce(folder.file(file), values)
      let stored = Stored(facts: record.facts, file: file, digest: digest)
      if try files.createOnce(folder.file("\(stem).json"), RecordJSON.encode(stored)) {
        return record
      }
      // Another process has taken the number meanwhile.
      try operations.remove(folder.file(file))
      record.facts.number += 1
    }
  }

  /// Files with values that no record names, in the run's folder. Whose record cannot be read may be
  /// named.
  var orphans: [String] {
    let unreadable = numbers.filter { (try? stored($0)) == nil }.map { "\(Self.stem($0))-" }
    let named = Set(numbers.compactMap { try? stored($0).file })
    return folder.names(in: Self.name).map { "\(Self.name)/\($0)" }.filter { file in
      file.hasSuffix(".h5") && !named.contains(file) && !unreadable.contains(where: file.hasPrefix)
    }
  }

  /// The files of the tests, as paths in the run's folder; of one whose record cannot be read, the record.
  var files: [String] {
    numbers.flatMap { number in
      ["\(Self.stem(number)).json"] + [try? stored(number).file].compactMap(\.self)
    }
  }

  /// What a file with values was when it was written; `nil` where no record says it.
  func digest(of file: String) -> FileDigest? {
    numbers.lazy.compactMap { try? stored($0) }.first { $0.file == file }?.digest
  }

  /// Tells whether it is a name that this program gives to a file of a test.
  static func isName(_ name: String) -> Bool {
    let digits = name.dropFirst(Self.name.count + 1).prefix { "0123456789".contains($0) }
    guard let number = Int(digits), number > 0, name.hasPrefix(stem(number)) else { return false }
    let ending = name.dropFirst(stem(number).count)
    if ending == ".json" { return true }
    return ending.hasPrefix("-") && ending.hasSuffix(".h5") && ending.count == 20
      && ending.dropFirst().dropLast(3).allSatisfy { "0123456789abcdef".contains($0) }
  }

  /// Ascending.
  var numbers: [Int] {
    folder.names(in: Self.name).compactMap { name in
      guard name.hasSuffix(".json"), let number = Int(name.dropLast(5)), number > 0,
        "\(Self.stem(number)).json" == "\(Self.name)/\(name)"
      else { return nil }
      return number
    }.sorted()
  }

  private func stored(_ number: Int) throws(StoreError) -> Stored { try named(number).stored }

  /// What a JSON file holds, and the digest that it carries.
  private func named(_ number: Int) throws(StoreError) -> (stored: Stored, digest: String) {
    let name = "\(Self.stem(number)).json"
    guard let bytes = try folder.read(name) else {
      throw StoreError.damaged(path: folder.file(name), reason: "the file is gone")
    }
    let stored = try RecordJSON.decode(Stored.self, bytes, path: folder.file(name))
    guard stored.facts.number == number, stored.file.hasPrefix("\(Self.stem(number))-"),
      !stored.file.contains(".."), stored.digest.bytes <= MetricsFile.limit
    else {
      throw StoreError.damaged(path: folder.file(name), reason: "it names '\(stored.file)'")
    }
    return (stored, RecordJSON.digest(in: bytes) ?? "")
  }

  /// - Returns: the test with the digest of its JSON file, which names that of the values.
  func read(_ number: Int) throws(StoreError) -> (test: TestRecord, digest: String) {
    let (stored, digest) = try named(number)
    let values = try folder.read(stored.file, expecting: stored.digest)
    let history: MetricHistory
    do { history = try MetricsFile.decode(values) } catch {
      throw StoreError.damaged(path: folder.file(stored.file), reason: "\(error)")
    }
    guard history.rows.count == 1, history.problem == nil else {
      throw StoreError.damaged(path: folder.file(stored.file), reason: "it is of no evaluation")
    }
    return (TestRecord(stored.facts, history: history), digest)
  }

  private static func stem(_ number: Int) -> String {
    let digits = String(number)
    return "\(name)/\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
  }
}

extension FolderStore {
  /// Keeps what a run was found to be when it was judged once more. The record of its training stays as
  /// it is.
  ///
  /// - Returns: the record with the number that it was given.
  package func add(_ test: TestRecord, to run: RunRecord) throws(StoreError) -> TestRecord {
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    guard folder.exists(RunFolder.specification) else {
      throw StoreError.missing(path: folder.path, what: "run")
    }
    return try TestFiles(folder: folder).add(test, operations)
  }
}
