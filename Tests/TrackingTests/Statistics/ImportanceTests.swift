import Testing

@testable import Tracking

@Suite("Shares of variance")
struct ImportanceTests {
  @Test("on a full grid the shares are exact and sum to 1")
  func grid() throws {
    let golden = try GoldenStatistics.section("fanova_full_grid")
    let cells = golden["values_loss_lr_width"].list.flatMap { $0.list.flatMap(\.numbers) }
    let shares = VarianceShares(levels: [3, 2, 3], cells: cells)
    let names = ["loss", "lr", "width"]
    #expect(agrees(shares.mean, golden["mean"]))
    #expect(agrees(shares.variance, golden["total_variance_population"]))
    #expect(shares.shares.count == 7)
    for share in shares.shares {
      let key = share.axes.map { names[$0] }.joined(separator: "*")
      #expect(agrees(share.share, golden["fraction"][key]), "\(key)")
    }
    #expect(abs(shares.shares.map(\.share).reduce(0, +) - 1) < 1e-12)
    #expect(VarianceShares(levels: [2, 2], cells: [3, 3, 3, 3]).shares.isEmpty)
  }

  @Test("the variance of a tree is that of its boxes")
  func tree() throws {
    let golden = try GoldenStatistics.section("fanova_one_tree")
    let axes = [
      ImportanceAxis(name: "x", weights: [0.4, 0.6], parts: [], isOrdered: true),
      ImportanceAxis(name: "y", weights: [0.75, 0.25], parts: [], isOrdered: true),
    ]
    let tree = RegressionTree(leaves: [
      .init(box: [[true, false], [true, true]], value: 1),
      .init(box: [[false, true], [true, false]], value: 2),
      .init(box: [[false, true], [false, true]], value: 5),
    ])
    let variance = TreeVariance(tree, axes)
    #expect(agrees(variance.mean, golden["mean"]))
    #expect(agrees(variance.total, golden["variance"]))
    #expect(agrees(variance.byAxis[0], golden["marginal_variance"]["x"]))
    #expect(agrees(variance.byAxis[1], golden["marginal_variance"]["y"]))
  }

  @Test("a tree that has grown holds every trial")
  func grownTree() {
    let axes = [
      ImportanceAxis(name: "x", numbers: [1, 2, 3, 4, nil, nil]),
      ImportanceAxis(name: "c", categories: ["a", "b", "a", "c", "a", nil]),
    ]
    let outcomes = [1.0, 5, 2, 7, 3, 4]
    let tree = RegressionTree(axes, outcomes, trials: Array(outcomes.indices))
    for trial in outcomes.indices {
      #expect(tree.prediction(axes, trial: trial) == outcomes[trial])
    }
    let volumes = tree.leaves.map { leaf in
      axes.indices.reduce(1.0) { product, axis in
        product * zip(leaf.box[axis], axes[axis].weights).reduce(0) { $1.0 ? $0 + $1.1 : $0 }
      }
    }
    #expect(abs(volumes.reduce(0, +) - 1) < 1e-12)
  }

  @Test("a number's domain is parted half-way, on a logarithmic scale where it is one")
  func parts() {
    let linear = ImportanceAxis(name: "x", numbers: [1, 2, 4], range: 0...5)
    #expect(linear.weights.map { ($0 * 10).rounded() } == [3, 3, 4])
    let logs = ImportanceAxis(name: "x", numbers: [1e-4, 1e-3, 1e-2], isLogarithmic: true)
    #expect(logs.weights.map { ($0 * 100).rounded() } == [25, 50, 25])
    let absent = ImportanceAxis(name: "x", numbers: [1, nil, 2, nil])
    #expect(absent.weights == [0.5, 0.25, 0.25] && absent.parts == [1, 0, 2, 0])
  }

  @Test("a forest names the parameter that decides, the same each time")
  func forest() throws {
    var stream = FixedStream(key: 7)
    func uniform() -> Double { Double(stream.next(below: 1 << 30)) / Double(1 << 30) }
    let points = (0..<80).map { _ in (uniform(), uniform(), stream.next(below: 3)) }
    let outcomes = points.map { 4 * $0.0 + Double($0.2 == 1 ? 1 : 0) + 0.05 * uniform() }
    let axes = [
      ImportanceAxis(name: "much", numbers: points.map(\.0)),
      ImportanceAxis(name: "nothing", numbers: points.map(\.1)),
      ImportanceAxis(name: "some", categories: points.map { "\($0.2)" }),
    ]
    let forest = try #require(ImportanceForest(axes, outcomes: outcomes))
    #expect(forest.isTrustworthy && forest.caution == nil)
    #expect(forest.shares[0].mean > 0.6)
    #expect(forest.shares[1].mean < 0.05)
    #expect(forest.shares[2].mean > 0.05 && forest.shares[2].mean < 0.35)
    #expect(forest == ImportanceForest(axes, outcomes: outcomes))
  }

  @Test("a forest of noise says that it cannot rank")
  func noise() throws {
    var stream = FixedStream(key: 9)
    func uniform() -> Double { Double(stream.next(below: 1 << 30)) }
    let axes = [ImportanceAxis(name: "x", numbers: (0..<20).map { _ in uniform() })]
    let forest = try #require(ImportanceForest(axes, outcomes: (0..<20).map { _ in uniform() }))
    #expect(!forest.isTrustworthy)
    #expect(try #require(forest.caution).contains("too few trials"))
    #expect(ImportanceForest(axes, outcomes: Array(repeating: 1, count: 20)) == nil)
  }
}
