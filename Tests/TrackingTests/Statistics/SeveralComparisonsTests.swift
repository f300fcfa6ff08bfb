import Testing

@testable import Tracking

@Suite("Several comparisons at once")
struct SeveralComparisonsTests {
  @Test("Holm's adjustment")
  func holm() throws {
    for item in try GoldenStatistics.section("holm").list {
      let adjusted = Holm.adjusted(item["p"].numbers)
      for (value, expected) in zip(adjusted, item["holm"].numbers) {
        #expect(agrees(value, expected))
      }
    }
    #expect(Holm.adjusted([0.01, nil, 0.04]) == [0.02, nil, 0.04])
  }

  @Test("ranks over all resamples of the seeds")
  func ranks() throws {
    let rows = try GoldenStatistics.section("friedman")["rows_are_configurations"].list
    let golden = try GoldenStatistics.section("ranking")
    let ranks = try #require(RankUncertainty(rows.map(\.numbers), maximize: true))
    for (value, expected) in zip(
      ranks.probabilityBest, golden["probability_best_seed_bootstrap"].numbers)
    {
      #expect(agrees(value, expected))
    }
    let intervals = golden["rank_interval_95"].list.map { $0.numbers[0]...$0.numbers[1] }
    #expect(ranks.interval.map { Double($0.lowerBound)...Double($0.upperBound) } == intervals)
    let mirrored = RankUncertainty(rows.map { $0.numbers.map { -$0 } }, maximize: false)
    #expect(mirrored == ranks)
  }

  @Test("equal rows share the best place")
  func equalRows() throws {
    let ranks = try #require(RankUncertainty([[1, 2, 3], [1, 2, 3], [0, 0, 0]], maximize: true))
    #expect(abs(ranks.probabilityBest[0] - 0.5) < 1e-12)
    #expect(ranks.interval == [1...1, 1...1, 3...3])
    #expect(RankUncertainty([[1, 2], [1]], maximize: true) == nil)
  }

  @Test("power, seeds needed and the smallest effect that n seeds see")
  func power() throws {
    for item in try GoldenStatistics.section("power").list {
      let power = PairedPower.power(pairs: item["n"].count, effect: item["dz"].number)
      #expect(agrees(power, item["power"]))
    }
    for item in try GoldenStatistics.section("seeds_needed_paired_t").list {
      let seeds = PairedPower.seedsNeeded(effect: item["dz"].number, power: item["power"].number)
      #expect(seeds == item["seeds"].count)
      let reached = PairedPower.power(pairs: item["seeds"].count, effect: item["dz"].number)
      #expect(agrees(reached, item["power_reached"]))
    }
    for item in try GoldenStatistics.section("what_n_seeds_can_see").list {
      let effect = PairedPower.smallestEffect(pairs: item["n"].count)
      #expect(agrees(effect, item["minimum_detectable_dz_power_0.8"]), "\(item["n"].count)")
      let quantile = StudentT(item["n"].number - 1).twoSidedQuantile(level: 0.95)
      #expect(agrees(quantile / item["n"].number.squareRoot(), item["half_width_95_in_std"]))
    }
    for item in try GoldenStatistics.section("seeds_rule_probability_of_improvement").list {
      let pairs = PairedPower.pairsNeeded(probabilityOfImprovement: item["gamma"].number)
      #expect(pairs == item["n_noether"].count)
    }
    // Four million simulated pairs find this effect in 80.0 % of the cases.
    #expect(abs(PairedPower.smallestEffect(pairs: 2) - 11.55) < 0.005)
    #expect(PairedPower.seedsNeeded(effect: 0) == nil)
    #expect(PairedPower.seedsNeeded(effect: 1e-6) == nil)
  }

  @Test("the best of k equal points stands above their mean")
  func expectedMaximum() throws {
    for item in try GoldenStatistics.section("expected_maximum_of_k_standard_normals").list {
      #expect(agrees(PairedPower.expectedMaximum(of: item["k"].count), item["e"]))
    }
  }
}
