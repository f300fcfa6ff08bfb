import Testing
import Tracking

@testable import Experiments

@Suite("What is watched")
struct WatchStateTests {
  private let snapshot = WatchSnapshot(WatchSamples.sweep, planned: ["sweep": 6])

  private func state(after keys: [TerminalKey]) -> WatchState {
    var state = WatchState()
    for key in keys { state.press(key, snapshot) }
    return state
  }

  @Test("runs of one point stand together, and trials without a record count as waiting")
  func points() {
    #expect(snapshot.points.map { $0.runs.map(\.number) } == [[1, 2], [3, 4]])
    #expect(snapshot.points[0].meanBest == 0.625)
    #expect(snapshot.points.map(\.strip) == ["●●", "▸○"])
    #expect(snapshot.counts.map(\.word) == ["finished", "running", "waiting"])
    #expect(snapshot.counts.map(\.count) == [2, 1, 3])
  }

  @Test("time left follows from the steps that are left and from runs that have ended")
  func timeLeft() {
    // Two of four evaluations at 2 s; three trials wait, and one takes (6 + 6 + 8) / 3 s.
    let run = WatchSamples.sweep[2]
    #expect(run.plannedSteps == 32)
    #expect(run.fraction == 0.5)
    #expect(run.secondsLeft == 4)
    #expect(run.epochsProgress == "2/4")
    let expected: Double = 24
    #expect(snapshot.secondsLeft == expected)
    #expect(WatchSnapshot([WatchSamples.sweep[0]]).secondsLeft == nil)
  }

  @Test("keys move, open and go back")
  func moving() {
    #expect(state(after: [.down]).selected == snapshot.points[1].key)
    #expect(state(after: [.down, .down, .up, .up, .up]).selected == snapshot.points[0].key)
    let opened = state(after: [.down, .enter])
    #expect(opened.screen == .run && opened.selected == snapshot.points[1].key)
    #expect(state(after: [.enter, "l", .escape]).screen == .run)
    #expect(state(after: [.enter, "l", .escape, .escape]).screen == .sweep)
    #expect(state(after: ["3"]).screen == .workers)
    #expect(state(after: ["q"]).isOver)
    #expect(state(after: ["?", "y"]).isLogarithmic == false)
    #expect(snapshot.points[1].run(-1)?.number == 4)
    #expect(snapshot.points[1].run(2)?.number == 3)
  }

  @Test("a filter keeps the points that have all its words; its keys do nothing else")
  func filter() {
    let typed = state(after: ["/", "q", .backspace, "0", ".", "1", .enter])
    #expect(!typed.isOver && !typed.isTyping)
    #expect(snapshot.shown(typed).map(\.key) == [snapshot.points[1].key])
    #expect(snapshot.shown(state(after: ["/", "x", "y", "z"])).isEmpty)
    let condition = WatchState(filter: "max(mean_iou) > 0.8")
    #expect(snapshot.shown(condition).map(\.key) == [snapshot.points[1].key])
    #expect(state(after: ["/", "x", .escape]).filter.isEmpty)
    #expect(state(after: ["/", "x", .enter, .escape]).filter.isEmpty)
  }

  @Test("sorted by the best value, the best point is first, and the least where less is better")
  func sorting() {
    let sorted = state(after: ["s"])
    #expect(sorted.sort == .best)
    #expect(snapshot.shown(sorted).map { $0.runs[0].number } == [3, 1])
  }

  @Test("at most three points are marked, and a second time takes the mark away")
  func marks() {
    #expect(state(after: [" ", .down, " "]).marks == snapshot.points.map(\.key))
    #expect(state(after: [" ", " "]).marks.isEmpty)
  }
}
