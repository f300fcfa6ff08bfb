import Foundation
import Testing

@testable import Tracking

@Suite("System samples")
struct SystemFileTests {
  private let folder: TemporaryFolder
  private let run: RunFolder
  private var path: String { run.file("attempts/1/system.csv") }

  init() throws {
    folder = try TemporaryFolder()
    run = RunFolder(root: folder.path, experiment: Samples.experiment, id: Samples.id)
    try FileManager.default.createDirectory(
      atPath: run.file("attempts/1"), withIntermediateDirectories: true)
  }

  private func sample(_ number: Int) -> SystemHistory.Sample {
    SystemHistory.Sample(
      time: 1000 + Double(number), processorSeconds: 2 * Double(number), residentBytes: number,
      peakBytes: number + 1, threads: 3, readBytes: 4, load: 0.5, temperature: 61.5)
  }

  private func read() throws -> SystemHistory {
    try #require(SystemFile.read(run, attempt: 1))
  }

  @Test("samples come back, and what the machine does not tell stays untold")
  func roundTrip() throws {
    let file = SystemFile(path: path)
    for number in 0..<3 { try file.add(sample(number)) }
    let history = try read()
    #expect(history.samples == (0..<3).map(sample))
    #expect(history.samples[0].freeBytes == nil)
    #expect(history.peakBytes == 3)
    #expect(history.cores == 2)
    #expect(history.coresOverTime == [2, 2])
    #expect(history.hottest == 61.5)
  }

  @Test("a line that is being written is left out, as is what is no sample")
  func torn() throws {
    let file = SystemFile(path: path)
    for number in 0..<2 { try file.add(sample(number)) }
    var text = try String(contentsOfFile: path, encoding: .utf8)
    text += "nonsense\n1,2,3,4,5,,,,,nan\n1e99,2,3,4,5,,,,,\n1002,2,3,4"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try read().samples == (0..<2).map(sample))
    try Data("other\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(SystemFile.read(run, attempt: 1) == nil)
  }

  @Test("however many samples come, the file stays short and holds the first and the last")
  func bounded() throws {
    let file = SystemFile(path: path)
    let count = 3 * SystemFile.limit
    for number in 0..<count { try file.add(sample(number)) }
    try file.add(sample(count), isLast: true)
    let samples = try read().samples
    #expect(samples.count <= SystemFile.limit && samples.count >= SystemFile.limit / 2)
    #expect(samples.first == sample(0))
    #expect(samples.last == sample(count))
    let gaps = Set(zip(samples, samples.dropFirst()).dropLast(2).map { $1.time - $0.time })
    #expect(gaps.count == 1)
  }
}
