import CKernels
@testable import Datasets
@testable import Execution
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

/// For each augmentation, that 10,000 draws are distributed as declared.
enum AugmentationDistributions {
  static let all = [ofPlaces, ofValues, ofMixedSamples, ofPoints].reduce(into: [:]) { all, some in
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

  @Test(arguments: [0.01, 0.2, 0.5, 1, 1.5, 8, 20])
  func `numbers of Beta(α, α)`(alpha: Double) {
    let numbers = Draws.all(of: "beta") { $0.symmetricBeta(alpha) }
    let lower = numbers.filter { $0 < 0.5 }
    #expect(Draws.isChance(lower.count, 0.5))
    func integrals(_ values: [Double], _ alpha: Double) -> [Double] {
      values.map { 2 * symmetricBetaIntegral(to: $0, alpha) }
    }
    var isRight = Draws.isUniform(integrals(lower, alpha), 0...1)
    #expect(isRight)
    isRight = Draws.isUniform(integrals(lower, 1.25 * alpha), 0...1)
    #expect(!isRight)
    // So close to 1 as the smallest α goes there are no numbers.
    guard alpha >= 0.2 else { return }
    isRight = Draws.isUniform(integrals(numbers.filter { $0 >= 0.5 }.map { 1 - $0 }, alpha), 0...1)
    #expect(isRight)
  }

  @Test func `the integral of Beta(α, α) is what it is known to be`() {
    for place in [0.001, 0.2, 0.5, 0.7, 0.999] {
      let known = [
        (0.5, 2 / .pi * asin(place.squareRoot())), (1, place),
        (2, place * place * (3 - 2 * place)),
        (3, place * place * place * (10 - 15 * place + 6 * place * place)),
      ]
      for (alpha, value) in known {
        #expect(abs(symmetricBetaIntegral(to: place, alpha) - value) < 1e-12)
      }
    }
  }
}

/// The part of Beta(α, α) that lies below a place in 0…1: up to ½ the incomplete beta function as a
/// power series (DLMF 8.17.7), above it by symmetry.
private func symmetricBetaIntegral(to place: Double, _ alpha: Double) -> Double {
  if place > 0.5 { return 1 - symmetricBetaIntegral(to: 1 - place, alpha) }
  if place <= 0 { return 0 }
  var (factor, sum) = (1.0, 1 / alpha)
  for n in 1..<200 {
    factor *= (Double(n) - alpha) / Double(n) * place
    sum += factor / (alpha + Double(n))
  }
  let logBeta = 2 * lgamma(alpha) - lgamma(2 * alpha)
  return sum * exp(alpha * log(place) - logBeta)
}
