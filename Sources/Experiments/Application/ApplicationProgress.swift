import Foundation

/// Shows how far the use of a trained run has come: on a terminal a line that is drawn again in place,
/// elsewhere nothing.
struct ApplicationProgress {
  private let screen: Screen
  private let label: String
  private var activity = ""
  private var started = ProcessInfo.processInfo.systemUptime
  private var lastDrawing = -Double.infinity

  init(_ screen: Screen, label: String) { (self.screen, self.label) = (screen, label) }

  /// - Parameters:
  ///   - activity: `judging`; the time that is left is that of one activity.
  ///   - thing: what is counted, in the singular.
  mutating func show(_ activity: String, done: Int, of all: Int, _ thing: String) {
    let time = ProcessInfo.processInfo.systemUptime
    if activity != self.activity { (self.activity, started) = (activity, time) }
    guard time - lastDrawing >= 0.1 else { return }
    lastDrawing = time
    let seconds = time - started
    let left = done > 0 && done < all ? seconds / Double(done) * Double(all - done) : 0
    let rate = seconds > 0.5 ? "  \(Units.rate(Double(done) / seconds, thing + "s"))" : ""
    let rest = left > 1 ? "  \(Units.duration(left)) left" : ""
    screen.draw(["\(label)  \(activity) \(done)/\(all)\(rate)\(rest)"])
  }

  func finish() { screen.clear() }
}
