import Testing

@testable import Experiments

struct RunnerTests {
  @Test("cores are divided among jobs, and each has at least one")
  func shares() {
    #expect(Runner.share(of: 1, cores: 8) == 8)
    #expect(Runner.share(of: 3, cores: 8) == 2)
    #expect(Runner.share(of: 9, cores: 8) == 1)
  }
}
