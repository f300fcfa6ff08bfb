import Testing

@testable import Tracking

@Suite("The four words")
struct VerdictTests {
  @Test("six pairs and both tests settle a difference")
  func settled() {
    #expect(Verdict(pairs: 6, tP: 0.01, exactP: 0.04, allAgree: true) == .settled)
    #expect(Verdict(pairs: 8, tP: 0.01, exactP: 0.04, allAgree: false) == .settled)
  }

  @Test("fewer than six pairs are likely at most")
  func likely() {
    for pairs in 3...5 {
      #expect(Verdict(pairs: pairs, tP: 0.001, exactP: 0.01, allAgree: true) == .likely)
    }
    #expect(Verdict(pairs: 6, tP: 0.01, exactP: 0.06, allAgree: true) == .likely)
    #expect(Verdict(pairs: 9, tP: 0.01, exactP: nil, allAgree: true) == .likely)
  }

  @Test("what the t test does not tell, or signs deny, is not told apart")
  func notToldApart() {
    #expect(Verdict(pairs: 3, tP: 0.05, exactP: nil, allAgree: true) == .notToldApart)
    #expect(Verdict(pairs: 5, tP: 0.01, exactP: 0.06, allAgree: false) == .notToldApart)
    #expect(Verdict(pairs: 9, tP: 0.2, exactP: 0.01, allAgree: true) == .notToldApart)
    #expect(Verdict(pairs: 3, tP: nil, exactP: nil, allAgree: true) == .notToldApart)
  }

  @Test("two pairs say nothing", arguments: 0...2)
  func noStatement(pairs: Int) {
    #expect(Verdict(pairs: pairs, tP: 0.0001, exactP: 0.001, allAgree: true) == .noStatement)
  }
}
