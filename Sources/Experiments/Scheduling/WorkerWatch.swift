internal import Tracking

/// What is seen of a worker from outside, a look at a time: whether it still moves, and what memory it takes.
///
/// It counts what it sees and not what a clock says: where this process was stopped together with the worker,
/// or the machine slept, nothing has been waited for.
struct WorkerWatch: Sendable {
  /// Seconds between looks, as planned.
  static let interval = 1.0

  enum Finding: Sendable, Equatable {
    /// Nothing was heard of it for so many seconds, in which it did next to nothing.
    case hung(seconds: Double)
    /// It takes so many bytes.
    case tooLarge(bytes: Int)
    /// A signal has stopped it for so many seconds; that is said once.
    case stopped(seconds: Double)
  }

  /// The seconds after which it counts as hung.
  let heartbeat: Double
  /// Bytes that it may take; `nil` for any number.
  let memory: Int?
  private var quiet = 0.0
  private var stopped = 0.0
  private var hasSaidStopped = false
  /// Its processor time when the quiet began.
  private var work: Double?

  /// - Parameters:
  ///   - heartbeat: seconds.
  ///   - memory: bytes.
  init(heartbeat: Double, memory: Int?) { (self.heartbeat, self.memory) = (heartbeat, memory) }

  /// It has said something.
  mutating func hear() { (quiet, work) = (0, nil) }

  /// - Parameter seconds: since the look before.
  mutating func look(at process: ProcessLook, after seconds: Double) -> Finding? {
    // More than a few intervals were not spent looking.
    let seconds = min(max(0, seconds), 5 * Self.interval)
    if let memory, process.memory > memory { return .tooLarge(bytes: process.memory) }
    guard !process.isStopped else { return standsStill(seconds) }
    (stopped, hasSaidStopped) = (0, false)
    let before = work ?? process.processorSeconds
    // Its own looks at itself take a thousandth of this.
    guard process.processorSeconds - before < heartbeat / 100 else {
      (quiet, work) = (0, process.processorSeconds)
      return nil
    }
    work = before
    quiet += seconds
    return quiet >= heartbeat ? .hung(seconds: quiet) : nil
  }

  /// It is no fault of its own: whoever has stopped it lets it go on.
  private mutating func standsStill(_ seconds: Double) -> Finding? {
    hear()
    stopped += seconds
    guard stopped >= Self.patience, !hasSaidStopped else { return nil }
    hasSaidStopped = true
    return .stopped(seconds: stopped)
  }

  /// Seconds after which it is said that a worker is stopped.
  private static let patience = 60.0
}
