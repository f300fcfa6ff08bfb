@testable import Experiments
import Testing

struct WorkerWatchTests {
  private func look(stopped: Bool = false, seconds: Double = 0, memory: Int = 0) -> ProcessLook {
    ProcessLook(isStopped: stopped, processorSeconds: seconds, memory: memory)
  }

  @Test("a worker hangs that says nothing and does next to nothing for as long as the heartbeat")
  func hung() {
    var watch = WorkerWatch(heartbeat: 10, memory: nil)
    for _ in 0..<9 { #expect(watch.look(at: look(), after: 1) == nil) }
    #expect(watch.look(at: look(seconds: 0.05), after: 1) == .hung(seconds: 10))
  }

  @Test("a slow step, which says nothing for long but works, is no hang")
  func slowStep() {
    var watch = WorkerWatch(heartbeat: 10, memory: nil)
    for second in 0..<1000 {
      #expect(watch.look(at: look(seconds: Double(second) * 0.2), after: 1) == nil)
    }
  }

  @Test("a worker that waits for its disk and says so is no hang")
  func slowDisk() {
    var watch = WorkerWatch(heartbeat: 10, memory: nil)
    for second in 0..<1000 {
      if second % 9 == 0 { watch.hear() }
      #expect(watch.look(at: look(), after: 1) == nil)
    }
  }

  @Test("a hang behind much work is noticed as soon as any")
  func hungAfterWork() {
    var watch = WorkerWatch(heartbeat: 10, memory: nil)
    #expect(watch.look(at: look(seconds: 1), after: 1) == nil)
    #expect(watch.look(at: look(seconds: 100), after: 1) == nil)
    for _ in 0..<9 { #expect(watch.look(at: look(seconds: 100), after: 1) == nil) }
    #expect(watch.look(at: look(seconds: 100), after: 1) == .hung(seconds: 10))
  }

  @Test("a worker that a signal has stopped for an hour is said to be, once, and is no hang")
  func stopped() {
    var watch = WorkerWatch(heartbeat: 10, memory: nil)
    var found: [WorkerWatch.Finding] = []
    for _ in 0..<3600 { watch.look(at: look(stopped: true), after: 1).map { found.append($0) } }
    #expect(found == [.stopped(seconds: 60)])
    for _ in 0..<9 { #expect(watch.look(at: look(), after: 1) == nil) }
    #expect(watch.look(at: look(), after: 1) == .hung(seconds: 10))
  }

  @Test("time in which nothing was looked at counts for next to nothing")
  func sleepingMachine() {
    var watch = WorkerWatch(heartbeat: 60, memory: nil)
    #expect(watch.look(at: look(), after: 1) == nil)
    #expect(watch.look(at: look(), after: 36_000) == nil)
    #expect(watch.look(at: look(), after: 1) == nil)
  }

  @Test("a worker that takes more than its memory is found out")
  func memory() {
    var watch = WorkerWatch(heartbeat: 60, memory: 1000)
    #expect(watch.look(at: look(memory: 1000), after: 1) == nil)
    #expect(watch.look(at: look(memory: 1001), after: 1) == .tooLarge(bytes: 1001))
  }
}
