import Foundation

/// What happened in the records since the dashboard was started, for every page that looks at it.
final class EventLog: @unchecked Sendable {
  struct Event: Sendable, Equatable {
    /// From 1 on, without a gap.
    let number: Int
    let kind: Kind
    /// One line of JSON.
    let data: String
  }

  enum Kind: String, Sendable {
    /// A run was added, or left.
    case run
    /// A run was evaluated.
    case epoch
    /// A run began, ended or was interrupted.
    case status
    /// The page has changed and can be asked for.
    case page
  }

  // Everything below is touched only while `condition` is locked.
  private let condition = NSCondition()
  private var events: [Event] = []
  private var last = 0
  private var isClosed = false

  /// Pages that were away for longer ask for the whole page anyway.
  private static let kept = 1024

  func post(_ kind: Kind, _ data: String) {
    condition.withLock {
      last += 1
      events.append(Event(number: last, kind: kind, data: data))
      if events.count > Self.kept { events.removeFirst(events.count - Self.kept) }
    }
    condition.broadcast()
  }

  /// The number of the newest event; 0 before the first.
  var newest: Int { condition.withLock { last } }

  /// What came after an event; waits for so many seconds where nothing did.
  ///
  /// - Returns: `nil` as soon as the log is closed.
  func events(after number: Int, within seconds: Double) -> [Event]? {
    let end = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      while !isClosed, last <= number { if !condition.wait(until: end) { break } }
      return isClosed ? nil : events.filter { $0.number > number }
    }
  }

  /// Ends every wait: nothing will happen any more.
  func close() {
    condition.withLock { isClosed = true }
    condition.broadcast()
  }
}

extension EventLog.Event {
  /// As a stream of events has it (HTML Living Standard, 9.2).
  var text: String { "id: \(number)\nevent: \(kind.rawValue)\ndata: \(data)\n\n" }
}
