import Testing

@testable import Sampling

struct EvolutionTests {
  @Test("constants are those of the tutorial", arguments: [2, 5, 6, 10])
  func constants(_ count: Int) throws {
    let known = try Golden.load().cma.constants["\(count)"]
    let c = EvolutionConstants(count)
    #expect(c.population == Int(known.lam.number))
    #expect(c.parents == Int(known.mu.number))
    #expect(zip(c.weights, known.w.numbers).allSatisfy { ($0 - $1).magnitude < 1e-8 })
    expect(
      [
        c.effectiveParents, c.rankOne, c.rankMu, c.pathSigma, c.dampingSigma, c.pathC,
        c.expectedLength,
      ],
      [
        known.mu_eff, known.c1, known.cmu, known.c_sigma, known.d_sigma, known.cc, known.chi_n,
      ].map(\.number))
  }

  @Test("two generations move and shape the distribution as cmaes does")
  func generations() throws {
    let golden = try Golden.load().cma
    var evolution = Evolution(mean: [0.5, 0.5])
    for generation in golden.generations.elements {
      update(&evolution, generation)
      expect(evolution.mean, generation.mean.numbers)
      expect([evolution.sigma], [generation.sigma.number])
      expect(evolution.pathSigma, generation.p_sigma.numbers)
      expect(evolution.pathC, generation.p_c.numbers)
      expect(evolution.covarianceRows.flatMap { $0 }, generation.C.rows.flatMap { $0 })
    }
    expect(
      evolution.rootRows.flatMap { $0 }, golden.C_sqrt_symmetric_after_gen2.rows.flatMap { $0 })
    expect(evolution.point([1, -0.5]), golden["sample_with_z_1_-0.5"].numbers)
  }

  @Test("a margin keeps steps likely", arguments: ["interior", "edge"])
  func margin(_ name: String) throws {
    let block = try Golden.load().cma["with_margin_steps_0_0.25"][name]
    var evolution = Evolution(mean: block.mean0.numbers, sigma: block.sigma0.number)
    update(&evolution, block)
    expect(evolution.mean, block.mean_after_cma.numbers)
    evolution.keepMargin([nil, [0, 0.25, 0.5, 0.75, 1]])
    expect(evolution.mean, block.mean_after_margin.numbers)
    expect(evolution.scales, block.A.numbers)
  }

  private func update(_ evolution: inout Evolution, _ generation: Golden) {
    let values = generation.f.numbers
    let order = values.indices.sorted { values[$0] < values[$1] }
    evolution.update(order.map { generation.x.rows[$0] })
  }
}
