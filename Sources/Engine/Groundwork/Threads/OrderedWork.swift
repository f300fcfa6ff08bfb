internal import Foundation

/// Values that several threads make and one takes in the order of their numbers 0, 1, 2, …: what
/// comes out does not depend on who made which value when.
///
/// At most `width` numbers are worked on, wait to be taken, or have not been given back.
package final class OrderedWork<Value: Sendable>: @unchecked Sendable {
  private let count: Int
  private let condition = NSCondition()

  // Everything below is touched under the lock alone.
  /// `[width]`: the value of a number lies at the number modulo the width.
  private var values: [Value?]
  private var claimed = 0
  private var givenBack = 0
  private var awaited: Int?
  private var isClosed = false

  /// - Parameter count: how many numbers there are.
  package init(count: Int = .max, width: Int) {
    self.count = count
    values = Array(repeating: nil, count: width)
  }

  /// The next number to work on, as soon as there is room for it; `nil` where there is none left.
  package func claim() -> Int? {
    condition.lock()
    defer { condition.unlock() }
    while !isClosed, claimed < count, claimed - givenBack >= values.count { condition.wait() }
    guard !isClosed, claimed < count else { return nil }
    claimed += 1
    return claimed - 1
  }

  package func finish(_ number: Int, _ value: Value) {
    condition.lock()
    defer { condition.unlock() }
    values[number % values.count] = value
    if awaited == number { condition.broadcast() }
  }

  /// Waits for the value of a number.
  ///
  /// - Precondition: all numbers below it have been taken.
  package func take(_ number: Int) -> Value {
    condition.lock()
    defer { condition.unlock() }
    awaited = number
    while true {
      if let value = values[number % values.count] {
        values[number % values.count] = nil
        return value
      }
      condition.wait()
    }
  }

  /// Makes room: all numbers below `number` have been taken and are done with.
  package func giveBack(below number: Int) {
    condition.lock()
    givenBack = number
    condition.broadcast()
    condition.unlock()
  }

  /// Nothing more is wanted: whoever works ends with what it is at.
  package func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}
