import Testing

@testable import Tracking

@Suite("Two groups")
struct PairedComparisonTests {
  @Test("every statistic of two groups is that of scipy")
  func paired() throws {
    let golden = try GoldenStatistics.section("paired")
    #expect(golden.keys.count == 7)
    for key in golden.keys {
      let (item, a, b) = (golden[key], golden[key]["a"].numbers, golden[key]["b"].numbers)
      let pairs = PairedComparison(a, b)
      #expect(agrees(pairs.meanDifference, item["mean_difference"]), "\(key)")
      #expect(agrees(pairs.deviation, item["std_difference"]), "\(key)")
      #expect(pairs.wins == item["wins"].count && pairs.losses == item["losses"].count)
      #expect(pairs.ties == item["ties"].count)
      if item["paired_t"].isMissing {
        #expect(pairs.tTest == nil && pairs.hedgesGz == nil, "\(key)")
      } else {
        let test = try #require(pairs.tTest)
        #expect(agrees(test.t, item["paired_t"]["t"]), "\(key)")
        #expect(agrees(test.p, item["paired_t"]["p_two_sided"]), "\(key)")
        #expect(agrees(test.interval().low, item["paired_t"]["ci95"].numbers[0]), "\(key)")
        #expect(agrees(test.interval().high, item["paired_t"]["ci95"].numbers[1]), "\(key)")
        #expect(agrees(pairs.hedgesGz, item["hedges_gz"]), "\(key)")
      }
      let flips = try #require(SignFlipTest(pairs.differences))
      #expect(agrees(flips.p, item["sign_flip_exact"]["p_two_sided"]), "\(key)")
      #expect(agrees(flips.pGreater, item["sign_flip_exact"]["p_greater"]), "\(key)")
      let least = item["sign_flip_exact"]["smallest_possible_two_sided"]
      #expect(SignFlipTest.smallestP(pairs: pairs.count) == least.number)
      let ranks = try #require(WilcoxonTest(pairs.differences))
      let expected = item["wilcoxon_exact"]
      // Differences that are equal as decimals may differ in their last bit, and then are no ties.
      let rounded = try #require(
        WilcoxonTest(pairs.differences.map { ($0 * 1e9).rounded() / 1e9 }))
      #expect(ranks.count == expected["n_used"].count)
      #expect(agrees(rounded.p, expected["p_two_sided"]), "\(key)")
      #expect(agrees(rounded.positive, expected["w_plus"]), "\(key)")
      #expect(agrees(rounded.rankBiserial, expected["rank_biserial"]), "\(key)")
    }
  }

  @Test("unpaired statistics are those of scipy")
  func unpaired() throws {
    let golden = try GoldenStatistics.section("paired")
    for key in golden.keys where !golden[key]["welch_unpaired"].isMissing {
      let (item, a, b) = (golden[key], golden[key]["a"].numbers, golden[key]["b"].numbers)
      let groups = try #require(UnpairedComparison(a, b))
      let welch = try #require(groups.welch)
      #expect(agrees(welch.t, item["welch_unpaired"]["t"]), "\(key)")
      #expect(agrees(welch.degreesOfFreedom, item["welch_unpaired"]["df"]), "\(key)")
      #expect(agrees(welch.p, item["welch_unpaired"]["p_two_sided"]), "\(key)")
      #expect(agrees(welch.interval().low, item["welch_unpaired"]["ci95"].numbers[0]), "\(key)")
      #expect(agrees(groups.mannWhitney.u, item["mann_whitney"]["u"]), "\(key)")
      #expect(
        agrees(
          groups.mannWhitney.probabilityOfImprovement, item["probability_of_improvement_unpaired"]))
      // scipy takes the whole part of U and counts the ranks as if no values were equal.
      let untied = MannWhitneyTest.p(
        reaching: groups.mannWhitney.extreme.rounded(.down),
        ranks: (1...(a.count + b.count)).map(Double.init), first: a.count)
      #expect(agrees(untied, item["mann_whitney"]["p_two_sided_no_tie_correction"]), "\(key)")
    }
  }

  @Test("the rank sum test counts equal values over all choices of the first group")
  func mannWhitneyTies() throws {
    // The ranks are 1.5, 1.5, 3.5, 3.5: of the 6 choices of two, one has a rank sum of 7 at least.
    let test = try #require(MannWhitneyTest([2, 2], [1, 1]))
    #expect(test.u == 4)
    #expect(abs(test.p - 2.0 / 6) < 1e-12)
    #expect(try #require(MannWhitneyTest([1, 2], [1, 2])).p == 1)
  }

  @Test("folds are tested with the variance that their shared training samples ask for")
  func folds() throws {
    for item in try GoldenStatistics.section("corrected_resampled_t").list {
      let pairs = PairedComparison(differences: item["differences"].numbers)
      let test = try #require(
        pairs.correctedTTest(testShare: item["n_test"].number / item["n_train"].number))
      #expect(agrees(test.t, item["t"]))
      #expect(agrees(test.p, item["p_two_sided"]))
    }
  }

  @Test("more than sixteen pairs are tested with a fixed sample of signs")
  func sampledSigns() throws {
    let clear = (0..<20).map { 1 + Double($0 % 3) }
    let test = try #require(SignFlipTest(clear))
    #expect(test.p < 1e-4)
    #expect(test == SignFlipTest(clear))
    let none = (0..<20).map { $0 % 2 == 0 ? 1.0 : -1.0 }
    #expect(try #require(SignFlipTest(none)).p == 1)
  }
}
