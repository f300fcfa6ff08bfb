internal import Foundation

/// ``SystemHistory`` as a file of an attempt, `system.csv`: a heading and a line for each sample.
///
/// A sample is added by one write at the end, so that the file is whole at any instant but for its last
/// line, which a reader leaves out unless it is whole too. A file that is full loses every second sample and
/// is replaced; from then on samples are half as dense. So it never has more than ``limit`` lines, however
/// long the attempt is.
package final class SystemFile {
  /// No attempt has more samples.
  package static let limit = 2048
  static let name = "system.csv"
  /// Far more than so many lines have.
  private static let maximumBytes = 1 << 20

  private let path: String
  private var samples: [SystemHistory.Sample] = []
  /// How many of the samples that come are kept: 1 for all, 2 for every second, and so on.
  private var stride = 1
  private var offered = 0

  /// - Parameter path: of a file that is not there yet.
  package init(path: String) { self.path = path }

  /// Keeps a sample, unless the file is so dense already that it is left out.
  ///
  /// - Parameter isLast: whether it is kept in any case.
  /// - Throws: ``StoreError``; nothing but this sample is lost then.
  package func add(_ sample: SystemHistory.Sample, isLast: Bool = false) throws(StoreError) {
    defer { offered += 1 }
    guard isLast || offered.isMultiple(of: stride) else { return }
    if samples.count + 1 >= Self.limit {
      samples = samples.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
      stride *= 2
      if isLast || offered.isMultiple(of: stride) { samples.append(sample) }
      return try replace()
    }
    samples.append(sample)
    if samples.count == 1 { try replace() } else { try append(sample) }
  }

  private func replace() throws(StoreError) {
    let lines = [Self.heading] + samples.map(Self.line)
    // Nobody needs a sample after a power cut.
    let files = AtomicFile(operations: SystemFiles(waitsForDisk: false))
    try files.replace(path, with: Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func append(_ sample: SystemHistory.Sample) throws(StoreError) {
    let file = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw StoreError.system(path: path, action: "write", code: errno) }
    defer { close(file) }
    let line = Array((Self.line(sample) + "\n").utf8)
    guard write(file, line, line.count) == line.count else {
      throw StoreError.system(path: path, action: "write", code: errno)
    }
  }
}

extension SystemFile {
  static let heading =
    "time_s,processor_s,resident_bytes,peak_bytes,threads,disk_read_bytes,disk_written_bytes,"
    + "machine_load,machine_free_bytes,temperature_celsius"

  static func line(_ sample: SystemHistory.Sample) -> String {
    let cells: [String?] = [
      decimal(sample.time), decimal(sample.processorSeconds), "\(sample.residentBytes)",
      "\(sample.peakBytes)", "\(sample.threads)", sample.readBytes.map { "\($0)" },
      sample.writtenBytes.map { "\($0)" }, sample.load.map(decimal),
      sample.freeBytes.map { "\($0)" }, sample.temperature.map(decimal),
    ]
    return cells.map { $0 ?? "" }.joined(separator: ",")
  }

  /// Two decimals, which is more than the clocks behind it know.
  private static func decimal(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  /// - Returns: `nil` where the line is not one that was written whole.
  static func sample(_ line: Substring) -> SystemHistory.Sample? {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 10 else { return nil }
    let numbers = cells.map { Double($0) }
    for (cell, number) in zip(cells, numbers) where !cell.isEmpty {
      guard let number, number.isFinite, abs(number) < 1e18 else { return nil }
    }
    guard let time = numbers[0], let processor = numbers[1], let resident = numbers[2],
      let peak = numbers[3], let threads = numbers[4]
    else { return nil }
    return SystemHistory.Sample(
      time: time, processorSeconds: processor, residentBytes: Int(resident), peakBytes: Int(peak),
      threads: Int(threads), readBytes: numbers[5].map { Int($0) },
      writtenBytes: numbers[6].map { Int($0) }, load: numbers[7],
      freeBytes: numbers[8].map { Int($0) }, temperature: numbers[9])
  }

  static func read(_ folder: RunFolder, attempt: Int) -> SystemHistory? {
    let path = folder.file("\(RunFolder.attempt(attempt))/\(name)")
    guard let bytes = try? RecordFile.read(path, atMost: maximumBytes) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    // What follows the last line feed is a sample that was being written.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard lines.first.map(String.init) == heading else { return nil }
    return SystemHistory(
      attempt: attempt, samples: lines.dropFirst().prefix(limit).compactMap(sample))
  }
}

extension FolderStore {
  /// What the attempts of a run took of their machines, of those that have kept it.
  package func systemHistories(of run: RunRecord) -> [SystemHistory] {
    let folder = RunFolder(root: root, experiment: run.experiment, id: run.id)
    return folder.attemptNumbers().compactMap { SystemFile.read(folder, attempt: $0) }
      .filter { !$0.samples.isEmpty }
  }

  /// The file that an attempt's samples are kept in.
  package func systemPath(_ id: String, experiment: String, attempt: Int) -> String {
    RunFolder(root: root, experiment: experiment, id: id)
      .file("\(RunFolder.attempt(attempt))/\(SystemFile.name)")
  }

  /// Tells whether a process works on the run now, without reading its record.
  package func isWorkedOn(_ run: RunRecord) -> Bool {
    RunLock.isHeld(RunFolder(root: root, experiment: run.experiment, id: run.id).lock)
  }

  /// The numbers of the attempts that left a folder, ascending, also of those that recorded nothing.
  package func attempts(of run: RunRecord) -> [Int] {
    RunFolder(root: root, experiment: run.experiment, id: run.id).attemptNumbers()
  }
}
