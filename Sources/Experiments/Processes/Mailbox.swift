import Foundation
internal import Tracking

/// A queue that many threads post to and one waits on.
final class Mailbox<Message: Sendable>: @unchecked Sendable {
  // `messages` is touched only while `condition` is locked.
  private let condition = NSCondition()
  private var messages: [Message] = []

  func post(_ message: Message) {
    condition.withLock { messages.append(message) }
    condition.signal()
  }

  /// The oldest message; waits for one for so many seconds, and returns `nil` where none came.
  func receive(within seconds: Double) -> Message? {
    let end = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      while messages.isEmpty { if !condition.wait(until: end) { break } }
      return messages.isEmpty ? nil : messages.removeFirst()
    }
  }

  /// The oldest message; waits for one.
  func receive() -> Message {
    condition.withLock {
      while messages.isEmpty { condition.wait() }
      return messages.removeFirst()
    }
  }
}
