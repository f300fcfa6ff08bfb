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

  @Test func `folds part the samples evenly, whatever their number`() {
    for count in 2...23 {
      for folds in 2...count {
        let parts = (1...folds).map { Split.fold($0, of: folds, count: count, seed: 42) }
        #expect(parts.joined().sorted() == Array(0..<count))
        #expect(parts.allSatisfy { $0 == $0.sorted() })
        let sizes = parts.map(\.count)
        #expect(sizes.max()! - sizes.min()! <= 1 && sizes.min()! > 0)
      }
    }
  }

  @Test func `folds follow from the seed, and the first is the fraction of its size`() {
    #expect(
      Split.fold(1, of: 5, count: 10, seed: 42)
        == Split.validation(count: 10, fraction: 0.2, seed: 42))
    #expect(
      Split.fold(1, of: 5, count: 40, seed: 1) != Split.fold(1, of: 5, count: 40, seed: 2))
  }
}
