import Testing

@testable import Engine

@Suite struct SplitTests {
  // From an independent implementation in Python.
  @Test func `the choice is that of the reference`() {
    #expect(Split.validation(count: 10, fraction: 0.2, seed: 42) == [1, 3])
    #expect(Split.validation(count: 20, fraction: 0.25, seed: 42) == [1, 3, 5, 12, 18])
  }

  @Test func `halves are rounded up`() {
    #expect(Split.validation(count: 10, fraction: 0.25, seed: 1).count == 3)
    #expect(Split.validation(count: 10, fraction: 0.24, seed: 1).count == 2)
    #expect(Split.validation(count: 3, fraction: 0.1, seed: 1).isEmpty)
  }
}
