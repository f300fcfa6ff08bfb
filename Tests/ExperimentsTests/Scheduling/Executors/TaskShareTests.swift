import Testing

@testable import Experiments

@Suite("The part of a sweep that a task turns to first")
struct TaskShareTests {
  @Test("every task comes to every trial, and begins with trials of its own")
  func order() {
    let orders = (0..<3).map { TaskShare(number: $0, count: 3).order(Array(0..<7)) }
    #expect(orders.map(\.first) == [0, 2, 4])
    for order in orders { #expect(order.sorted() == Array(0..<7)) }
    #expect(TaskShare.whole.order([2, 1]) == [2, 1])
    #expect(TaskShare(number: 4, count: 5).order([Int]()).isEmpty)
  }

  @Test("a failed trial is tried again by one task alone")
  func owners() {
    for index in 0..<10 {
      #expect((0..<4).count { TaskShare(number: $0, count: 4).owns(index) } == 1)
    }
  }
}
