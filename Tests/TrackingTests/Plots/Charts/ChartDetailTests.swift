import Testing

@testable import Tracking

/// What single charts decide.
struct ChartDetailTests {
  @Test("on the front are the points that none beats in both; ties all")
  func front() {
    let points: [(cost: Double, value: Double)] = [
      (1, 0.5), (2, 0.7), (3, 0.6), (2, 0.7), (4, 0.9), (1, 0.4),
    ]
    #expect(ParetoFront.places(of: points, higher: true) == [0, 1, 3, 4])
    #expect(ParetoFront.places(of: points, higher: false) == [5])
  }

  @Test("rows of a confusion sum to 100 %, and a class without pixels has no shares")
  func confusion() throws {
    let source = try #require(ConfusionSource(try ChartSamples.input(ChartSamples.grid)))
    let shares = source.shares
    #expect(shares[0] == [0.8, 0.1, 0.1] && shares[2] == nil)
    #expect(source.worst == "<road> for Gebäude, 25 %")
  }

  @Test("of many classes the rows with the most mistakes are shown, in the order of the spec")
  func folded() throws {
    let source = try #require(ConfusionSource(try ChartSamples.input(ChartSamples.grid)))
    #expect(source.order(atMost: 2) == [0, 1])
    #expect(source.order(atMost: 3) == [0, 1, 2])
  }

  @Test("by similarity the same classes are shown, each once")
  func similar() throws {
    var input = try ChartSamples.input(ChartSamples.grid)
    input.classOrder = .similarity
    let source = try #require(ConfusionSource(input))
    #expect(source.order(.similarity, atMost: 3).sorted() == [0, 1, 2])
    #expect(ConfusionChart().figure(of: input).caption.contains("stand side by side"))
  }

  @Test("the baseline of classes can be named, and is held against the best of the others")
  func baseline() throws {
    var input = try ChartSamples.input(ChartSamples.grid)
    let standard = try #require(ClassSource(input))
    let best = try #require(
      ChartPoints(input).points.first { $0.label == standard.changedLabel })
    input.baseline = Set(best.runs.map(\.place))
    let named = try #require(ClassSource(input))
    #expect(named.baselineLabel == standard.changedLabel)
    #expect(named.changedLabel != standard.changedLabel && named.hasDifferences)
    input.baseline = Set(ChartSamples.grid.map(\.place))
    #expect(ClassSource(input) == nil, "several points are no baseline")
    #expect(ClassBars().figure(of: input).absence?.contains("not one point") == true)
  }

  @Test("an attempt that goes on from another is joined with it")
  func waits() {
    func attempt(_ run: Int, _ number: Int, _ start: Double, _ end: Double) -> TimedAttempt {
      TimedAttempt(
        run: ChartSamples.grid[run], number: number, host: "h", startedAt: "", start: start,
        end: end)
    }
    let attempts = [attempt(0, 1, 0, 10), attempt(1, 1, 4, 8), attempt(0, 2, 15, 20)]
    let waits = TimelineLanes(attempts).waits(between: attempts)
    #expect(waits.map(\.from) == [0] && waits.map(\.to) == [2])
  }

  @Test("differences of classes are those of equal seeds, and a class that is absent has none")
  func classes() throws {
    let source = try #require(ClassSource(try ChartSamples.input(ChartSamples.grid)))
    #expect(source.baselineLabel == "cross_entropy, base_lr 0.001")
    #expect(source.changedLabel == "dice, base_lr 0.01")
    let rows = source.rows(atMost: 20, worst: 12, best: 4)
    #expect(rows.map(\.place) == [0, 1, 2], "what gains most stands first")
    #expect(rows[0].differences.count == 3 && rows[0].isUnanimous)
    #expect(rows[2].differences.isEmpty && rows[2].baseline.isNaN)
  }

  @Test("histograms of different ranges are laid over common bins, equal in area")
  func ridges() throws {
    let source = try #require(WeightHistograms(try ChartSamples.input(ChartSamples.grid)))
    let ridges = source.ridges(0, rows: [0, 5], bins: 10)
    let domain = try #require(ridges.domain)
    #expect(domain.lowerBound < 0 && domain.upperBound > 0)
    for heights in ridges.heights { #expect(heights.reduce(0, +) > 0.6) }
    let constant = source.ridges(1, rows: [0], bins: 10)
    #expect(constant.domain == 0.25...0.75, "a spike at its value")
    #expect(constant.heights[0].count { $0 > 0 } == 1)
  }

  @Test("attempts that overlap lie in different lanes")
  func lanes() {
    func attempt(_ start: Double, _ end: Double) -> TimedAttempt {
      TimedAttempt(
        run: ChartSamples.grid[0], number: 1, host: "h", startedAt: "", start: start, end: end)
    }
    let lanes = TimelineLanes([attempt(0, 10), attempt(4, 8), attempt(8.5, 12), attempt(11, 12)])
    #expect(lanes.laneOfAttempt == [0, 1, 1, 0])
    #expect(lanes.names == ["worker 1", "worker 2"])
  }

  @Test("paths are shortened to their last words that tell them apart")
  func paths() {
    #expect(
      ShortPaths.of(["solver.base_lr", "data.size", "crop.size"]) == [
        "base_lr", "data.size", "crop.size",
      ])
  }

  @Test("a parameter is logarithmic where its levels are more even between logarithms")
  func logarithmic() throws {
    func parameter(_ values: [String]) throws -> ChartParameter {
      let runs = values.enumerated().map {
        SampleRuns.run($0 + 1, [("solver.base_lr", $1)], meanIoU: [0.1])
      }
      return try #require(ChartPoints(try ChartInput(runs)).parameters.first)
    }
    #expect(try parameter(["0.01", "0.001", "0.0001"]).isLogarithmic)
    #expect(try !parameter(["16", "32", "48"]).isLogarithmic)
    #expect(try !parameter(["0", "0.1", "1"]).isLogarithmic)
    #expect(try parameter(["0.01", "0.001"]).levels.map(\.text) == ["0.001", "0.01"])
  }

  @Test("a metric that nothing has recorded is refused with the nearest names")
  func unknown() throws {
    #expect(throws: QueryError.self) {
      try ChartInput(ChartSamples.grid, value: RunValue("mean_uoi"))
    }
    let input = try ChartInput(ChartSamples.grid, value: RunValue("max(mean_iou)"))
    #expect(input.value.header == "max(mean_iou)" && input.higherIsBetter)
  }
}
