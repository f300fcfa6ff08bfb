import CKernels
@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct RandomStreamTests {
  private func words(_ block: ck_philox_block) -> [UInt32] {
    [block.word.0, block.word.1, block.word.2, block.word.3]
  }

  // Salmon et al., Random123, kat_vectors: philox4x32 with 10 rounds.
  @Test func `Philox gives the published answers`() {
    #expect(
      words(ck_philox(0, 0, 0, 0, 0)) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      words(ck_philox(.max, .max, .max, .max, .max))
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      words(
        ck_philox(0x299f_31d0_a409_3822, 0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  private func stream() -> RandomStream {
    RandomStream(seed: 42, purpose: .init(code: 1), epoch: 3, sample: 17)
  }

  @Test func `words follow each other across blocks`() {
    var random = stream()
    let drawn = (0..<6).map { _ in random.word() }
    #expect(
      drawn == [
        0x8792_b4e1, 0x9974_3556, 0x0568_699e, 0xa773_8f6a, 0xf06b_50d8, 0xd7d8_0f73,
      ])
  }

  @Test func `numbers are those of the words`() {
    var random = stream()
    let uniforms = (0..<4).map { _ in random.uniform() }
    #expect(uniforms == [0.529582262, 0.599429429, 0.0211244226, 0.654107034])
    random = stream()
    #expect((0..<6).map { _ in random.below(10) } == [5, 5, 0, 6, 9, 8])
    random = stream()
    #expect((0..<4).map { _ in random.chance(0.55) } == [true, false, true, false])
  }

  @Test func `purposes are FNV-1a of their names`() {
    #expect(RandomStream.Purpose("mirror#0").code == 0x3cb2_f3b9)
    #expect(RandomStream.Purpose("").code == 0x811c_9dc5)
    #expect(RandomStream.Purpose("foobar").code == 0xbf9c_f968)
    var random = RandomStream(seed: 42, purpose: .init("mirror#0"))
    #expect(random.uniform() == 0.831547618)
  }

  @Test func `every part of the key makes another stream`() {
    let streams = [
      RandomStream(seed: 1, purpose: .init(code: 1)),
      RandomStream(seed: 2, purpose: .init(code: 1)),
      RandomStream(seed: 1, purpose: .init(code: 2)),
      RandomStream(seed: 1, purpose: .init(code: 1), epoch: 1),
      RandomStream(seed: 1, purpose: .init(code: 1), sample: 1),
      RandomStream(seed: 1 << 32 + 1, purpose: .init(code: 1)),
    ]
    let first = streams.map { stream in
      var stream = stream
      return stream.word()
    }
    #expect(Set(first).count == streams.count)
  }

  // 1e-6: the last bits of logarithm, sine and cosine are the C library's.
  @Test func `normal numbers are Box and Muller's`() {
    var values = [Float](repeating: .nan, count: 7)
    ck_random_normal(&values, 6, 2, 42, 1)
    for pair in 0..<3 {
      let block = words(ck_philox(42, UInt32(pair / 2), 1, 0, 0))
      let u1 = (Double(block[pair % 2 * 2]) + 1) * 0x1p-32
      let u2 = Double(block[pair % 2 * 2 + 1]) * 0x1p-32
      let radius = 2 * (-2 * log(u1)).squareRoot()
      #expect(abs(Double(values[2 * pair]) - radius * cos(2 * .pi * u2)) < 1e-6)
      #expect(abs(Double(values[2 * pair + 1]) - radius * sin(2 * .pi * u2)) < 1e-6)
    }
    #expect(values[6].isNaN)
  }
}
