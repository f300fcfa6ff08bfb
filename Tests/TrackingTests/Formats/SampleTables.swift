@testable import Tracking

/// Comparisons that the tests of every format write down.
enum SampleTables {
  /// A run each, one of them not begun.
  static let runs = ComparisonTable([
    SampleRuns.run(
      1, [("losses", "cross_entropy"), ("solver.base_lr", "1e-2")], meanIoU: [0.25, 0.5]),
    SampleRuns.run(
      2, [("losses", "cross_entropy + dice"), ("solver.base_lr", "1e-3")],
      status: .failed(cause: "the loss is not finite"), meanIoU: [0.75]),
    SampleRuns.run(12, [("losses", #"a,"b"|c"#), ("solver.base_lr", "1e-3")], status: .waiting),
  ])

  /// Points with several seeds, and one with a single seed.
  static let seeds = ComparisonTable([
    SampleRuns.run(1, [("losses", "dice")], seed: 7, point: 0, meanIoU: [0.25, 0.5]),
    SampleRuns.run(2, [("losses", "dice")], seed: 8, point: 0, meanIoU: [0.75]),
    SampleRuns.run(3, [("losses", "lovasz")], seed: 7, point: 1, meanIoU: [0.125]),
  ])
}
