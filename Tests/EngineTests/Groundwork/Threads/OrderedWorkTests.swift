@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct OrderedWorkTests {
  @Test(arguments: [1, 2, 5])
  func `values come in the order of their numbers, however long each takes`(threads: Int) throws {
    let work = OrderedWork<Int>(count: 40, width: 6)
    let team = try LoaderThreads(threads) {
      while let number = work.claim() {
        // The later of two neighbours is ready first.
        if number % 2 == 0 { Thread.sleep(forTimeInterval: 0.002) }
        work.finish(number, number * number)
      }
    }
    for number in 0..<40 {
      #expect(work.take(number) == number * number)
      work.giveBack(below: number + 1)
    }
    team.join()
  }

  @Test func `no more numbers are handed out than there is room for, or than there are`() {
    let work = OrderedWork<Int>(count: 5, width: 3)
    #expect([work.claim(), work.claim(), work.claim()] == [0, 1, 2])
    (0..<3).forEach { work.finish($0, $0) }
    _ = (0..<2).map { work.take($0) }
    work.giveBack(below: 2)
    #expect([work.claim(), work.claim(), work.claim()] == [3, 4, nil])
  }

  @Test func `closing ends who waits for room`() throws {
    let work = OrderedWork<Int>(width: 1)
    #expect(work.claim() == 0)
    let waiting = try LoaderThreads(2) { #expect(work.claim() == nil) }
    work.close()
    waiting.join()
    #expect(work.claim() == nil)
  }
}
