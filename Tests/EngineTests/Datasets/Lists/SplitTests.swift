@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct SplitTests {
  private func validation(_ count: Int, _ fraction: Double, seed: UInt64) -> [Int] {
    Split.validation(SampleGroups(separate: count), fraction: fraction, seed: seed)
  }

  // From an independent implementation in Python.
  @Test func `the choice is that of the reference`() {
    #expect(validation(10, 0.2, seed: 42) == [1, 3])
    #expect(validation(20, 0.25, seed: 42) == [1, 3, 5, 12, 18])
  }

  @Test func `halves are rounded up`() {
    #expect(validation(10, 0.25, seed: 1).count == 3)
    #expect(validation(10, 0.24, seed: 1).count == 2)
    #expect(validation(3, 0.1, seed: 1).isEmpty)
  }

  @Test func `folds part the samples evenly, whatever their number`() {
    for count in 2...23 {
      let groups = SampleGroups(separate: count)
      for folds in 2...count {
        let parts = (1...folds).map { Split.fold($0, of: folds, groups, seed: 42) }
        #expect(parts.joined().sorted() == Array(0..<count))
        #expect(parts.allSatisfy { $0 == $0.sorted() })
        let sizes = parts.map(\.count)
        #expect(sizes.max()! - sizes.min()! <= 1 && sizes.min()! > 0)
      }
    }
  }

  @Test func `folds follow from the seed`() {
    let groups = SampleGroups(separate: 40)
    #expect(
      Split.fold(1, of: 5, groups, seed: 1) != Split.fold(1, of: 5, groups, seed: 2))
    #expect(
      Split.fold(1, of: 5, groups, seed: 1) == Split.fold(1, of: 5, groups, seed: 1))
  }

  @Test func `no group is parted, by fractions or by folds`() {
    for seed in UInt64(0)..<50 {
      var random = RandomStream(seed: seed, purpose: .draw)
      let groups = SampleGroups(numbers: (0..<60).map { _ in random.below(12) })
      func expectWhole(_ samples: [Int]) {
        let chosen = Set(samples)
        for group in 0..<groups.count {
          let members = groups.samples(of: [group])
          let inside = members.count { chosen.contains($0) }
          #expect(inside == 0 || inside == members.count)
        }
      }
      expectWhole(Split.validation(groups, fraction: 0.2, seed: seed))
      let parts = (1...4).map { Split.fold($0, of: 4, groups, seed: seed) }
      parts.forEach(expectWhole)
      #expect(parts.joined().sorted() == Array(0..<60))
      #expect(parts.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func `a fraction of groups comes as near as whole groups can, and takes at least one`() {
    let volumes = SampleGroups(numbers: (0..<40).map { $0 / 10 })
    #expect(Split.validation(volumes, fraction: 0.25, seed: 3).count == 10)
    #expect(Split.validation(volumes, fraction: 0.05, seed: 3).count == 10)
    #expect(Split.validation(volumes, fraction: 0.5, seed: 3).count == 20)
    let uneven = SampleGroups(numbers: [0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
    #expect(Split.validation(uneven, fraction: 0.2, seed: 1) == [8, 9])
  }
}
