import Testing

@testable import Engine

@Suite struct SeedsTests {
  @Test func `the first replicate has the experiment's own seed`() {
    #expect(Seeds.replicate(0, of: 7) == 7)
  }

  @Test func `replicates have seeds of their own, always the same`() {
    let seeds = (0..<100).map { Seeds.replicate($0, of: 7) }
    #expect(Set(seeds).count == 100)
    #expect(seeds == (0..<100).map { Seeds.replicate($0, of: 7) })
    #expect(Seeds.replicate(1, of: 8) != seeds[1])
  }
}
