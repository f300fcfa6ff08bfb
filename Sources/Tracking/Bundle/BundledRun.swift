internal import Foundation
internal import HDF5
internal import Measurements

/// A run as a group of a ``RunBundle``.
enum BundledRun {
  static func write(_ contents: RunContents, in group: HDF5Group) throws {
    try write([contents.trial], to: "trial", in: group)
    try write(contents.attempts, to: "provenance", in: group)
    try write([contents.result].compactMap(\.self), to: "result", in: group)
    try write([contents.labels], to: "labels", in: group)
    if let history = contents.history {
      try write(history, in: group.createGroup("metrics"))
    }
    if !contents.tests.isEmpty {
      let tests = try group.createGroup("tests")
      for (number, test) in contents.tests.enumerated() {
        let inner = try tests.createGroup(RunBundle.name(number + 1, digits: 4))
        try write([test.facts], to: "facts", in: inner)
        try write(test.history, in: inner.createGroup("metrics"))
      }
    }
    if let previews = contents.previews {
      try PreviewsFile.write(previews, in: group.createGroup("previews"))
    }
    guard !contents.checkpoints.isEmpty else { return }
    let checkpoints = try group.createGroup("checkpoints")
    for checkpoint in contents.checkpoints {
      let step = RunBundle.name(checkpoint.evaluation.step, digits: 7)
      let file = try checkpoints.write(
        Array(checkpoint.bytes), shape: [checkpoint.bytes.count], to: "step-\(step).h5")
      try file.setAttribute("names", to: checkpoint.names.joined(separator: " "))
      try file.setAttribute("step", to: checkpoint.evaluation.step)
      try file.setAttribute("epoch", to: checkpoint.evaluation.epoch)
    }
  }

  /// - Parameter path: for errors.
  static func read(_ group: HDF5Group, _ path: String) throws -> RunContents {
    guard let trial = try read(TrialRecord.self, "trial", in: group, path).first else {
      throw StoreError.damaged(path: path, reason: "a run of it has no trial")
    }
    var contents = RunContents(id: try group.textAttribute("id"), trial: trial)
    guard contents.id.count == 16, contents.id.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
    else {
      throw StoreError.damaged(path: path, reason: "a run of it has no id")
    }
    contents.attempts = try read(ProvenanceRecord.self, "provenance", in: group, path)
    contents.result = try read(ResultRecord.self, "result", in: group, path).first
    contents.labels = try read(RunLabels.self, "labels", in: group, path).first ?? RunLabels()
    let names = Set(try group.names())
    if names.contains("metrics") {
      contents.history = try history(group.group("metrics"), path)
    }
    if names.contains("tests") {
      let tests = try group.group("tests")
      for name in try tests.names().sorted() {
        let inner = try tests.group(name)
        guard let facts = try read(TestRecord.Facts.self, "facts", in: inner, path).first else {
          throw StoreError.damaged(path: path, reason: "a test of it has no facts")
        }
        contents.tests.append(TestRecord(facts, history: try history(inner.group("metrics"), path)))
      }
    }
    if names.contains("previews") {
      contents.previews = try PreviewsFile.read(group.group("previews"))
    }
    if names.contains("checkpoints") {
      let checkpoints = try group.group("checkpoints")
      for name in try checkpoints.names().sorted() {
        let file = try checkpoints.dataset(name)
        let bytes = Data(try file.read(UInt8.self))
        let evaluation = try CheckpointFile.decode(bytes).evaluation
        contents.checkpoints.append(
          RunContents.Checkpoint(
            names: try file.textAttribute("names").split(separator: " ").map(String.init),
            evaluation: evaluation, bytes: bytes))
      }
    }
    return contents
  }

  // MARK: - Series

  private static func write(_ history: MetricHistory, in group: HDF5Group) throws {
    try MetricDataset.checkNames(history)
    let datasets = MetricDataset.datasets(of: history)
    try group.setAttribute("content_sha256", to: MetricsFile.contentDigest(of: datasets))
    try MetricsFile.write(datasets, in: group)
  }

  private static func history(_ group: HDF5Group, _ path: String) throws -> MetricHistory {
    let history = try MetricReading(group).history()
    if let problem = history.problem { throw StoreError.damaged(path: path, reason: problem) }
    return history
  }

  // MARK: - Records

  /// Each record as the files of a run have it, which carries its own digest.
  private static func write(
    _ records: [some Encodable], to name: String, in group: HDF5Group
  ) throws {
    let texts = records.map { String(decoding: RecordJSON.encode($0), as: UTF8.self) }
    _ = try group.write(texts, shape: [texts.count], to: name)
  }

  private static func read<Record: Decodable>(
    _ type: Record.Type, _ name: String, in group: HDF5Group, _ path: String
  ) throws -> [Record] {
    try group.dataset(name).readTexts().map { text in
      try RecordJSON.decode(type, Data(text.utf8), path: "\(path): \(name)")
    }
  }
}
