@testable import Tracking

/// Comparisons that the tests of every format write down.
enum SampleTables {
  /// A run each, one of them not begun.
  static let runs = Comparison([
    SampleRuns.run(
      1, [("losses", "cross_entropy"), ("solver.base_lr", "1e-2")], meanIoU: [0.25, 0.5]),
    SampleRuns.run(
      2, [("losses", "cross_entropy + dice"), ("solver.base_lr", "1e-3")],
      status: .failed(cause: "the loss is not finite"), meanIoU: [0.75]),
    SampleRuns.run(12, [("losses", #"a,"b"|c"#), ("solver.base_lr", "1e-3")], status: .waiting),
  ])

  /// Points with several seeds, and one with a single seed.
  static let seeds = Comparison([
    SampleRuns.run(1, [("losses", "dice")], seed: 7, point: 0, meanIoU: [0.25, 0.5]),
    SampleRuns.run(2, [("losses", "dice")], seed: 8, point: 0, meanIoU: [0.75]),
    SampleRuns.run(3, [("losses", "lovasz")], seed: 7, point: 1, meanIoU: [0.125]),
  ])
}

extension SampleTables {
  /// Three points: two with three seeds, the second always as far behind, and one with two.
  static let several = Comparison(
    [("dice", [0.5, 0.6, 0.7]), ("lovasz", [0.3, 0.4, 0.5]), ("focal", [0.1, 0.3])].enumerated()
      .flatMap { point, row in
        row.1.enumerated().map { seed, value in
          SampleRuns.run(
            3 * point + seed + 1, [("losses", row.0)], seed: UInt64(seed), point: point,
            meanIoU: [value - 0.01, value])
        }
      })
}
