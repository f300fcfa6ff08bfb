import Dispatch
import Synchronization

/// A queue that many threads post to and one waits on.
final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  /// How many messages there are. It waits by a clock that nobody sets.
  private let count = DispatchSemaphore(value: 0)

  func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    count.signal()
  }

  /// The oldest message; waits for one for so many seconds, and returns `nil` where none came.
  func receive(within seconds: Double) -> Message? {
    guard count.wait(timeout: .now() + seconds) == .success else { return nil }
    return messages.withLock { $0.removeFirst() }
  }

  /// The oldest message; waits for one.
  func receive() -> Message {
    count.wait()
    return messages.withLock { $0.removeFirst() }
  }
}
