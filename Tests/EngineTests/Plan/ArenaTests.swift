import Testing

@testable import Engine

@Suite struct ArenaTests {
  @Test("buffers that live together never share bytes, whatever the order")
  func noOverlap() {
    var random = RandomStream(seed: 5, purpose: .init("arena"))
    for _ in 0..<50 {
      var arena = Arena()
      for _ in 0..<40 {
        let first = random.below(30)
        _ = arena.reserve(bytes: random.below(3000), lifetime: first...(first + random.below(8)))
      }
      let (offsets, bytes) = arena.layout()
      for (a, first) in arena.requests.enumerated() {
        #expect(offsets[a] % 64 == 0)
        #expect(offsets[a] + first.bytes <= bytes || first.bytes == 0)
        for (b, second) in arena.requests.enumerated()
        where b > a && first.lifetime.overlaps(second.lifetime) {
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
    for time in 0..<10 { _ = arena.reserve(bytes: 640, lifetime: time...time) }
    #expect(arena.layout().bytes == 640)
  }
}
