import Foundation
import Testing

@testable import Experiments

@Suite("What a process takes of the machine")
struct ProcessUsageTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("usage-\(UUID().uuidString)")
  }

  private func write(_ text: String, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test("the files of Linux are read, and what they do not say stays unsaid")
  func files() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("Name:\tx\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t7\n", to: "self/status")
    try write("rchar: 9\nread_bytes: 4096\nwrite_bytes: 512\n", to: "self/io")
    try write("1.50 1.00 0.50 2/300 4242\n", to: "proc/loadavg")
    try write("61000\n", to: "class/thermal/thermal_zone0/temp")
    try write("-274000\n", to: "class/thermal/thermal_zone1/temp")
    try write("72500\n", to: "class/hwmon/hwmon3/temp1_input")
    let sample = ProcessUsage.sample(
      now: 12, process: folder.path + "/self", system: folder.path + "/proc",
      sensors: folder.path + "/class")
    #expect(sample.time == 12)
    #expect(sample.residentBytes == 1 << 20 && sample.peakBytes == 2 << 20)
    #expect(sample.threads == 7)
    #expect(sample.readBytes == 4096 && sample.writtenBytes == 512)
    #expect(sample.load == 1.5)
    #expect(sample.temperature == 72.5)
    let nothing = ProcessUsage.sample(
      process: "/nowhere", system: "/nowhere", sensors: "/nowhere")
    #expect(nothing.temperature == nil && nothing.load == nil && nothing.readBytes == nil)
  }

  @Test("this process is found as it is")
  func present() {
    let sample = ProcessUsage.sample()
    #expect(sample.residentBytes > 1 << 20)
    #expect(sample.peakBytes >= sample.residentBytes / 2)
    #expect(sample.threads >= 1)
    #expect(sample.processorSeconds > 0)
  }
}
