import CKernels
import Testing

@testable import Engine

/// For each augmentation, that 10,000 draws are distributed as declared.
enum AugmentationDistributions {
  static let all = [ofPlaces, ofValues, ofMixtures].reduce(into: [:]) { all, some in
    all.merge(some) { _, _ in preconditionFailure("an augmentation has two checks") }
  }
}

@Suite struct AugmentationDrawTests {
  @Test(arguments: Registry.augmentations.names)
  func `draws are distributed as declared`(name: String) throws {
    let check = try #require(AugmentationDistributions.all[name], "nobody has looked at its draws")
    try check()
  }

  @Test func `only augmentations have draws`() {
    #expect(Set(AugmentationDistributions.all.keys) == Set(Registry.augmentations.names))
  }

  @Test func `the checks themselves can fail`() {
    let count = Draws.count
    #expect(!Draws.isUniform((0..<count).map { Double($0 % 100) / 99 * 0.97 }, 0...1))
    #expect(!Draws.isUniform([0.5, 1.5], 0...1))
    #expect(!Draws.isChance(5250, 0.5))
    #expect(!Draws.isEven((0..<count).map { $0 % 3 }, [0, 1, 2, 3]))
    #expect(!Draws.isEven((0..<count).map { $0 % 4 }, [0, 1, 2]))
    // Uniform numbers of the same mean and variance.
    let flat = (0..<count).map { (2 * Double($0) / Double(count) - 1) * 3.0.squareRoot() }
    #expect(!Draws.isNormal(flat))
  }

  @Test func `normal numbers in bulk are normal`() {
    var values = [Float](repeating: 0, count: 40_000)
    ck_stream_normal(
      ck_stream(seed: 3, block: 0, purpose: 5, sample: 1, epoch: 2), &values, values.count)
    #expect(Draws.isNormal(values.map(Double.init)))
    #expect(Draws.isChance(values.count { $0 < -1.6449 }, 0.05, of: 40_000))
  }
}
