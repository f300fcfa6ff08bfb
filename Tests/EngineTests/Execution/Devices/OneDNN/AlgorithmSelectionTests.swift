@testable import Execution
import Testing

@Suite("The choice of a convolution's algorithm")
struct AlgorithmSelectionTests {
  private let large = 1 << 30

  private func choice(
    _ selection: AlgorithmSelection, flops: Int? = nil,
    _ seconds: [ConvolutionAlgorithm: Double]
  ) -> ConvolutionAlgorithm {
    selection.choose(
      for: "forward", flops: flops ?? large, among: seconds.keys
    ) { seconds[$0]! }
  }

  @Test("the fastest is chosen where it saves more than a tenth")
  func fastest() {
    #expect(
      choice(
        AlgorithmSelection(.fastest), [.direct: 1, .winograd: 0.5, .directInWholeBlocks: 0.4])
        == .directInWholeBlocks)
    #expect(choice(AlgorithmSelection(.fastest), [.direct: 1, .winograd: 0.91]) == .direct)
  }

  @Test("nothing is measured where little is computed, or where there is no choice")
  func notMeasured() {
    #expect(
      choice(AlgorithmSelection(.fastest), flops: 1000, [.direct: 1, .winograd: 0.1])
        == .direct)
    let alone = AlgorithmSelection(.fastest)
    #expect(choice(alone, [.direct: 1]) == .direct)
    #expect(alone.choices.isEmpty)
  }

  @Test("a plan that lacks what another chose for the same convolution computes it directly")
  func lacking() {
    let selection = AlgorithmSelection(.fastest)
    #expect(choice(selection, [.direct: 1, .winograd: 0.1]) == .winograd)
    #expect(choice(selection, [.direct: 1, .directInWholeBlocks: 0.1]) == .direct)
    // What the first chose stays what a continuation is told.
    #expect(selection.choices == ["forward": .winograd])
  }

  @Test("what was chosen before is chosen again, whatever would be measured")
  func known() {
    let selection = AlgorithmSelection(.fastest, known: ["forward": .winograd])
    #expect(choice(selection, [.direct: 1, .winograd: 5]) == .winograd)
    #expect(selection.choices == ["forward": .winograd])
  }

  @Test("what was chosen before and is not to be had is measured anew")
  func unavailable() {
    let selection = AlgorithmSelection(.fastest, known: ["forward": .winogradInF32])
    #expect(choice(selection, [.direct: 1, .winograd: 0.5]) == .winograd)
  }

  @Test("a plan chooses once for equal convolutions")
  func once() {
    let selection = AlgorithmSelection(.fastest)
    #expect(choice(selection, [.direct: 1, .winograd: 0.5]) == .winograd)
    #expect(choice(selection, [.direct: 1, .winograd: 2]) == .winograd)
  }

  @Test("a fixed rule measures nothing")
  func always() {
    let selection = AlgorithmSelection(.always(.winograd))
    #expect(choice(selection, [.direct: 1, .winograd: 2]) == .winograd)
    #expect(choice(AlgorithmSelection(.always(.winograd)), [.direct: 1]) == .direct)
  }
}
