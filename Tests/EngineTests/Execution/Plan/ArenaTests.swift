@testable import Execution
@testable import Groundwork
import Testing

@Suite struct ArenaTests {
  @Test("buffers that live together never share bytes, whatever the order")
  func noOverlap() {
    var random = RandomStream(seed: 5, purpose: .init("arena"))
    for _ in 0..<50 {
      var arena = Arena()
      for _ in 0..<40 {
        let first = random.below(30)
        let lifetimes = [first...(first + random.below(8)), 40...(40 + random.below(8))]
        _ = arena.reserve(
          bytes: random.below(3000), lifetimes: Array(lifetimes[..<(1 + random.below(2))]))
      }
      let (offsets, bytes) = arena.layout()
      for (a, first) in arena.requests.enumerated() {
        #expect(offsets[a] % 64 == 0)
        #expect(offsets[a] + first.bytes <= bytes || first.bytes == 0)
        for (b, second) in arena.requests.enumerated()
        where b > a && first.isAlive(with: second) {
          let apart =
            offsets[a] + first.bytes <= offsets[b] || offsets[b] + second.bytes <= offsets[a]
            || first.bytes == 0 || second.bytes == 0
          #expect(apart)
        }
      }
    }
  }

  @Test("buffers that never live together share their bytes")
  func sharing() {
    var arena = Arena()
    for time in 0..<10 { _ = arena.reserve(bytes: 640, lifetimes: [time...time]) }
    #expect(arena.layout().bytes == 640)
  }

  @Test("between two lives of a buffer its bytes are another's")
  func twoLives() {
    var arena = Arena()
    _ = arena.reserve(bytes: 640, lifetimes: [0...1, 8...9])
    _ = arena.reserve(bytes: 640, lifetimes: [2...7])
    #expect(arena.layout().bytes == 640)
  }
}
