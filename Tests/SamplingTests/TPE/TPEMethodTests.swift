import Foundation
import Testing

@testable import Sampling

struct TPEMethodTests {
  private let space = try! Space([
    SearchDimension("opt", .choice(count: 2)),
    SearchDimension("lr", .logReal(lower: 1e-4, upper: 1e-1)),
    SearchDimension("width", .lattice(lower: 16, step: 16, count: 4)),
    SearchDimension("mom", .real(lower: 0.8, upper: 0.99), when: [.init(0, .among([0]))]),
  ])

  @Test("twelve random trials and the batch after them are the known ones")
  func batch() throws {
    let golden = try Golden.load().tpe.suggest
    let method = TPEMethod(batch: 4, narrowest: 1)
    let random = try method.points(0..<12, Search(space, seed: 7, total: 16))
    for (point, known) in zip(random, golden.startup_trials_0_11.elements) { compare(point, known) }
    // The values belong to the unrounded points; their order is what counts.
    let history = zip(random, golden.values.numbers).map { Observation($0, .complete($1)) }
    let points = try method.points(12..<16, Search(space, seed: 7, total: 16, history: history))
    let known = golden.batch_k12_15_with_earlier_siblings_as_pending.elements
    #expect(points.count == 4)
    for (point, known) in zip(points, known) { compare(point, known) }

    let parts = TPEMethod.Parts(history)
    #expect(parts.good.count == golden.n_below.integers.first ?? 2)
    let densities = TPEMethod.Densities([0, 1, 2], space, parts, [], narrowest: 1)
    for (candidate, known) in golden.k12_root_group_candidates.elements.enumerated() {
      let drawn = densities.good.draw(
        choosing: SamplingStream(seed: 7, .kernelChoice, index: 12, item: candidate),
        drawing: SamplingStream(seed: 7, .kernelDraw, index: 12, item: candidate))
      expect(drawn, [known.opt.number, known.lr.number, known.width.number], within: 1e-6)
      #expect((densities.score(drawn) - known.score.number).magnitude < 1e-6)
    }
  }

  private func compare(_ point: Point, _ known: Golden) {
    for (name, value) in zip(["opt", "lr", "width", "mom"], point.values) {
      #expect(known[name].isEmpty == (value == nil))
      if let value { expect([value], [known[name].number], within: 1e-6) }
    }
  }

  @Test("the number of good trials is a tenth, at most 25")
  func share() throws {
    for (count, good) in try Golden.load().tpe.gamma.table {
      let history = (0..<Int(count)).map { Observation(Point([Double($0)]), .complete(Double($0))) }
      #expect(TPEMethod.Parts(history).good.count == Int(good))
    }
  }
}
