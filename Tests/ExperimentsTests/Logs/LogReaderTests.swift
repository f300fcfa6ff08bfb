import Foundation
import Testing
import Tracking

@testable import Experiments

@Suite("Logs of attempts")
struct LogReaderTests {
  private let folder: String
  private var log: String { folder + "/results/e/trials/01/0123456789abcdef/attempts/1/log.txt" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/log-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: (log as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
  }

  private func append(_ text: String, to path: String? = nil) throws {
    let path = path ?? log
    let before = FileManager.default.contents(atPath: path) ?? Data()
    // In place, as a log grows.
    if before.isEmpty { try Data().write(to: URL(fileURLWithPath: path)) }
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private func reader() -> LogReader {
    let run = RunRecord(
      id: "0123456789abcdef", experiment: "e", number: 1,
      trial: TrialRecord(
        experiment: "e", number: 1, hyperparameters: [], seed: 1, replicate: 0, point: 0,
        objective: Objective(metric: "m", maximize: true), writtenSpec: "", specName: "",
        overrides: [], resolvedSpec: "{}"),
      status: .running, history: nil, checkpoints: [], attempts: [], result: nil, damage: [])
    return LogReader(store: FolderStore(root: folder + "/results"), run: run, attempt: 1)
  }

  @Test("whole lines are read as they come, and what could steer a terminal is shown")
  func growing() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var reader = reader()
    #expect(reader.lines().isEmpty)
    try append("one\ntw")
    #expect(reader.lines() == ["one"])
    try append("o\n\u{1B}[2J\n")
    #expect(reader.lines() == ["two", "\u{FFFD}[2J"])
  }

  @Test("a log that was put aside for being long is read before the one that took its place")
  func putAside() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try append("early\n", to: log + ".1")
    try append("late\n")
    var reader = reader()
    #expect(reader.lines() == ["early", "late"])
    try FileManager.default.removeItem(atPath: log + ".1")
    try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
    try append("new\n")
    #expect(reader.lines() == ["new"])
  }

  @Test("last words are those without a time")
  func words() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try append("2026-05-01T12:00:00Z attempt 1 begins\nout of cheese\n")
    #expect(LogTail.read(log) == "out of cheese")
  }
}
