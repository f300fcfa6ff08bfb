import Testing

@testable import Sampling

struct ParzenTests {
  @Test("kernels and densities of numbers, logarithms, steps and choices are Optuna's")
  func densities() throws {
    let golden = try Golden.load().tpe
    let unit = SearchDimension("", .real(lower: 0, upper: 1))
    let cases: [(Golden, SearchDimension, String, String)] = [
      (golden["float"], unit, "obs_in_trial_order", "log_pdf"),
      (
        golden.log_float, SearchDimension("", .logReal(lower: 1e-4, upper: 0.1)), "obs",
        "log_pdf_in_log_x"
      ),
      (
        golden.int_step, SearchDimension("", .lattice(lower: 16, step: 16, count: 16)), "obs",
        "log_pmf"
      ),
    ]
    for (block, dimension, observations, densities) in cases {
      let values = block[observations].numbers
      guard case .numeric(let kernels) = ParzenKernels(dimension, values, narrowest: 1) else {
        Issue.record("no kernels of numbers")
        continue
      }
      expect(kernels.means, block.mu.numbers)
      expect(kernels.widths, block.sigma.numbers)
      let mixture = ParzenMixture([dimension], values.map { [$0] }, narrowest: 1)
      expect(block.x.numbers.map { mixture.logDensity(at: [$0]) }, block[densities].numbers)
    }
    let single = ParzenMixture([unit], [[0.2]], narrowest: 1)
    expect(
      golden["float"].x.numbers.map { single.logDensity(at: [$0]) }, golden.float_n1.log_pdf.numbers
    )
    let choices = ParzenMixture(
      [SearchDimension("", .choice(count: 3))], golden.categorical.obs.rowsOfOne, narrowest: 1)
    expect(
      (0..<3).map { ExactMath.exp(choices.logDensity(at: [Double($0)])) },
      golden.categorical.pmf.numbers)
  }

  @Test("old trials count less from the 26th on")
  func weights() throws {
    let golden = try Golden.load().tpe
    for count in [3, 25, 26, 30] {
      expect(ParzenMixture.weights(count), golden["weights_\(count)"].numbers)
    }
  }

  @Test("equal observations have the same widths in whichever order they came")
  func ties() {
    let widths = ParzenKernels.widths([4, 2, 4, 9], 0, 10, narrowest: 0.01)
    #expect(widths == [2, 2, 5, 5])
  }
}

extension Golden {
  fileprivate var rowsOfOne: [[Double]] { numbers.map { [$0] } }
}
