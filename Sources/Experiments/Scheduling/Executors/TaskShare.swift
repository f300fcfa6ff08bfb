/// Which part of a sweep's trials one of several launches turns to first, so that they seldom ask for the
/// same trial. A trial that nobody else trains is taken by whoever comes to it.
struct TaskShare: Sendable, Hashable {
  /// Of this launch, from 0.
  var number = 0
  /// How many launches there are.
  var count = 1

  /// The one launch of a sweep.
  static let whole = TaskShare()

  /// Tells whether a trial is this launch's alone to do again, by its place in the sweep.
  func owns(_ index: Int) -> Bool { index % count == number }

  /// The trials from this launch's part on, and then those before it.
  func order<Element>(_ trials: [Element]) -> [Element] {
    let first = trials.count * number / count
    return Array(trials[first...] + trials[..<first])
  }
}
