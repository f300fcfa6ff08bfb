import Foundation

@testable import Trackers

/// A folder that goes with its owner.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "trackers-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ events: [Event], to name: String) throws {
    try write(events.flatMap(\.bytes), to: name)
  }
}

/// A scalar at a step.
func scalar(_ tag: String, _ value: Double, step: Int) -> Event {
  Event(
    wallTime: 1_700_000_000 + Double(step), step: step, values: [Event.Value(tag, .scalar(value))])
}
