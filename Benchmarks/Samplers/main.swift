import Foundation
import Sampling

/// Searches the minima of four functions with 20 seeds and prints how near each sampler comes, beside
/// what Optuna reaches.
///
///     swift run -c release samplers [METHOD] [FUNCTION]
struct Comparison {
  let seeds = 20

  struct Entry {
    let method: String
    let batch: Int
    let trials: Int
    let sampler: any PointSampler
  }

  static let entries: [Entry] =
    [1].map { Entry(method: "random", batch: $0, trials: 100, sampler: RandomMethod()) }
    + [1].map { Entry(method: "sobol", batch: $0, trials: 100, sampler: SequenceMethod(.sobol)) }
    + [1, 4].map { Entry(method: "tpe", batch: $0, trials: 100, sampler: TPEMethod(batch: $0)) }
    + [1, 4].map {
      Entry(
        method: "tpe joint: false", batch: $0, trials: 100,
        sampler: TPEMethod(batch: $0, isJoint: false))
    }
    + [1, 4].map { Entry(method: "gp", batch: $0, trials: 60, sampler: GPMethod(batch: $0)) }
    + [0].map { Entry(method: "cma_es", batch: $0, trials: 100, sampler: CMAESMethod()) }

  /// The least value that a search found, above the minimum.
  func regret(_ entry: Entry, _ function: TestFunction, seed: Int) throws -> Double {
    var history: [Observation] = []
    while history.count < entry.trials {
      let batch =
        entry.sampler.batch(of: history.count, starts: 0, in: function.space)
        ?? 0..<entry.trials
      let points = try entry.sampler.points(
        batch.clamped(to: 0..<entry.trials),
        Search(
          function.space, seed: UInt64(seed), total: entry.trials, history: history))
      history += points.map { Observation($0, .complete(function.value($0))) }
    }
    return (history.compactMap(\.value).min() ?? .infinity) - function.minimum
  }

  func run(_ arguments: [String]) throws {
    show("mean regret ± standard error of \(seeds) seeds; a batch of 0 is a generation of CMA-ES")
    show("function", "method", "batch", "trials", "here", "Optuna 5.0.0", "here/Optuna", "ms/trial")
    for function in try TestFunction.all() where accepts(function.name, arguments) {
      for entry in Self.entries where accepts(entry.method, arguments) {
        let start = ProcessInfo.processInfo.systemUptime
        let regrets = try (0..<seeds).map { try regret(entry, function, seed: $0) }
        let seconds = ProcessInfo.processInfo.systemUptime - start
        let mean = regrets.reduce(0, +) / Double(seeds)
        let variance =
          regrets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seeds - 1)
        let error = (variance / Double(seeds)).squareRoot()
        let other = OptunaRegret.all.first {
          $0.function == function.name && $0.method == entry.method && $0.batch == entry.batch
        }
        show(
          function.name, entry.method, "\(entry.batch)", "\(entry.trials)", text(mean, error),
          other.map { text($0.mean, $0.error) } ?? "–",
          other.map { String(format: "%.2f", mean / $0.mean) } ?? "–",
          String(format: "%.2f", seconds * 1000 / Double(seeds * entry.trials)))
      }
    }
  }

  private func accepts(_ name: String, _ arguments: [String]) -> Bool {
    let all = ["branin", "hartmann6", "ackley10", "segmix"]
    let relevant = arguments.filter { all.contains($0) == all.contains(name) }
    return relevant.isEmpty || relevant.contains(name)
  }

  private func text(_ mean: Double, _ error: Double) -> String {
    String(format: "%.3g ± %.1g", mean, error)
  }

  private func show(_ cells: String...) {
    let line = zip(cells, [10, 17, 5, 6, 18, 18, 11, 8]).enumerated().map { column, cell in
      let (text, width) = cell
      let padding = String(repeating: " ", count: max(0, width - text.count))
      return column < 2 ? text + padding : padding + text
    }.joined(separator: "  ")
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}

try Comparison().run(Array(CommandLine.arguments.dropFirst()))
