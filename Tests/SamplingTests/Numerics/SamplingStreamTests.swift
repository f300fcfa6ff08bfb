import Testing

@testable import Sampling

struct SamplingStreamTests {
  @Test("words, numbers, integers and normals of a stream are the known ones")
  func known() throws {
    let golden = try Golden.load().philox.stream
    let stream = SamplingStream(seed: 7, .random, index: 3, item: 2)
    #expect((0..<4).map { String(stream.word($0), radix: 16) } == golden.x64_hex.texts)
    expect((0..<4).map(stream.uniform), golden.u.numbers)
    expect((0..<4).map(stream.openUniform), golden.u_open.numbers)
    #expect((0..<4).map { stream.below(10, $0) } == golden.below10.integers)
    expect((0..<4).map(stream.normal), golden.normal.numbers)
  }

  @Test("a shuffle of twelve is the known one")
  func shuffle() throws {
    let order = SamplingStream(seed: 7, .gridShuffle, index: 0, item: 0).permutation(12)
    #expect(order == (try Golden.load().grid.shuffle12_seed7.integers))
  }
}
