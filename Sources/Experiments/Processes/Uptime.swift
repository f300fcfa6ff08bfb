import Foundation

/// The time since the system began, which all processes of a machine have alike and nobody sets: a clock that is
/// put back neither shortens nor lengthens what is timed by it.
enum Uptime {
  static var seconds: Double { ProcessInfo.processInfo.systemUptime }
}
