import Testing

@testable import Sampling

struct SequencesTests {
  @Test("the Sobol sequence is SciPy's, to its last dimension")
  func sobol() throws {
    let golden = try Golden.load().sobol
    func point(_ index: Int, _ dimensions: Range<Int>) -> [Double] {
      dimensions.map { Double(SobolSequence.bits(index, dimension: $0)) * 0x1p-32 }
    }
    #expect((0..<16).map { point($0, 0..<6) } == golden.first16_dims1to6.rows)
    expect(point(1000, 0..<6), golden.index_1000_dims1to6.numbers)
    expect(point(4095, 58..<64), golden.index_4095_dims59to64.numbers)
    for (name, dimension) in [("V_hex_dim3_first8", 2), ("V_hex_dim6_first8", 5)] {
      let hex = SobolSequence.directions[dimension].prefix(8).map { String($0, radix: 16) }
      #expect(hex == golden[name].texts)
    }
  }

  @Test("both scramblings are the known ones, bit by bit")
  func scrambled() throws {
    let golden = try Golden.load().sobol
    func hex(_ count: Int, _ scramble: (UInt32, Int) -> UInt32) -> [[String]] {
      (0..<count).map { index in
        (0..<3).map { dimension in
          let digits = String(
            scramble(SobolSequence.bits(index, dimension: dimension), dimension), radix: 16)
          return String(repeating: "0", count: 8 - digits.count) + digits
        }
      }
    }
    #expect(
      hex(8) { SobolSequence.owen($0, seed: 7, dimension: $1) }
        == golden.owen_seed7_first8_dims1to3_u32hex.elements.map(\.texts))
    #expect(
      hex(4) { SobolSequence.shifted($0, seed: 7, dimension: $1) }
        == golden.digital_shift_seed7_first4_dims1to3_u32hex.elements.map(\.texts))
  }

  @Test("the first 2ᵐ scrambled points meet each of 2ᵐ intervals once, in every dimension")
  func even() {
    for dimension in [0, 7, 31, 63] {
      let intervals = (0..<256).map { index in
        let bits = SobolSequence.bits(index, dimension: dimension)
        return SobolSequence.owen(bits, seed: 11, dimension: dimension) >> 24
      }
      #expect(Set(intervals).count == 256)
    }
  }

  @Test("the Halton sequence is SciPy's")
  func halton() throws {
    let golden = try Golden.load().halton
    for (index, row) in golden.first16.rows.enumerated() {
      for (dimension, expected) in row.enumerated() {
        let value = HaltonSequence.coordinate(index, dimension: dimension)
        #expect((value - expected).magnitude < 1e-8)
      }
    }
    expect(
      (0..<6).map { HaltonSequence.coordinate(1000, dimension: $0) }, golden.index_1000.numbers)
  }

  @Test("strips and places of a Latin hypercube are the known ones")
  func latin() throws {
    let golden = try Golden.load().lhs
    let strips = (0..<3).map { LatinHypercube.strips(8, dimension: $0, seed: 7) }
    #expect(strips == golden.perm_seed7.elements.map(\.integers))
    for (trial, row) in golden.random.rows.enumerated() {
      let places = (0..<3).map {
        (Double(strips[$0][trial]) + LatinHypercube.place(trial, dimension: $0, seed: 7)) / 8
      }
      expect(places, row)
    }
  }
}
