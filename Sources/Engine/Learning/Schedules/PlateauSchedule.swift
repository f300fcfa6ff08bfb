internal import Execution
package import Groundwork
internal import Measurements

/// Multiplies the rate by `gamma` whenever more than `patience` evaluations in a row brought nothing
/// better, PyTorch's `ReduceLROnPlateau`. Better is what passes the best so far by `threshold` of
/// it; after a reduction the next `cooldown` evaluations do not count.
///
/// Values are compared as 32-bit floats, which is how a checkpoint keeps the best one.
package struct PlateauSchedule: Schedule {
  package static let name = "plateau"
  package static let about =
    "Lowers the learning rate when a metric value or loss has stopped getting better."
  package static let fields = [
    monitor.declaration, gamma.declaration, patience.declaration, threshold.declaration,
    cooldown.declaration, lowest.declaration,
  ]
  package static let example =
    "schedule: {plateau: {monitor: validation.mean_iou, gamma: 0.5, patience: 5}}"

  static let monitor = Field.series(
    "monitor", default: SeriesDescription.validationLoss.name,
    "The series: a loss, or a metric that the evaluation names or always has, of all classes or of "
      + "one.")
  static let gamma = Field.number(
    "gamma", default: 0.1, Bounds(0..<1), "What the rate is multiplied by.")
  package static let patience = Field.integer(
    "patience", default: 10, 0...1_000_000, unit: "evaluations",
    "How many evaluations without a better value are borne.")
  static let threshold = Field.number(
    "threshold", default: 1e-4, Bounds(0..<1), "By what part of it the best must be passed.")
  static let cooldown = Field.integer(
    "cooldown", default: 0, 0...1_000_000, unit: "evaluations",
    "How many evaluations after a reduction do not count.")
  package static let lowest = Field.lowestRate(default: 0)

  private let monitor: String
  private let gamma: Double
  private let patience: Int
  private let threshold: Double
  private let cooldown: Int
  private let lowest: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    monitor = values[Self.monitor]
    gamma = values[Self.gamma]
    patience = values[Self.patience]
    threshold = values[Self.threshold]
    cooldown = values[Self.cooldown]
    lowest = values[Self.lowest]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    let reductions = Int(point.memory[Memory.reductions.rawValue])
    return max(lowest, point.base * PortableMath.power(gamma, reductions))
  }

  package var monitoredSeries: (field: String, name: String)? {
    (Self.monitor.declaration.name, monitor)
  }

  package func check(base: Double) throws(ComponentError) {
    try checkFall(from: base, to: lowest)
  }

  /// The first evaluation is the best so far, and what follows from the last comes too late.
  package func neverReached(in length: TrainingLength) -> [NeverReached] {
    guard patience + 2 >= length.evaluations else { return [] }
    return [
      NeverReached(
        field: Self.patience.declaration.name,
        what: "the first change comes after \(patience + 2) evaluations at the earliest, "
          + "\(length.evaluations) are made",
        time: nil)
    ]
  }

  // MARK: - Memory

  /// Where each number lies in the memory of the schedule. Counts are stored as whole numbers.
  private enum Memory: Int, CaseIterable {
    /// Positive where high is better; infinite before the first evaluation.
    case best
    case badEvaluations
    case cooldownLeft
    case reductions
  }

  package var initialMemory: [Float] { [wantsHigh ? -.infinity : .infinity, 0, 0, 0] }

  package func remember(_ report: EvaluationReport, in memory: UnsafeMutableBufferPointer<Float>) {
    remember(value: Float(report.value(of: monitor) ?? .nan), in: memory)
  }

  /// Compares the monitored value with the best so far; NaN never counts as better.
  package func remember(value: Float, in memory: UnsafeMutableBufferPointer<Float>) {
    func update(_ place: Memory, _ change: (Float) -> Float) {
      memory[place.rawValue] = change(memory[place.rawValue])
    }
    if isBetter(value, than: memory[Memory.best.rawValue]) {
      update(.best) { _ in value }
      update(.badEvaluations) { _ in 0 }
    } else {
      update(.badEvaluations) { $0 + 1 }
    }
    if memory[Memory.cooldownLeft.rawValue] > 0 {
      update(.cooldownLeft) { $0 - 1 }
      update(.badEvaluations) { _ in 0 }
    }
    if memory[Memory.badEvaluations.rawValue] > Float(patience) {
      update(.reductions) { $0 + 1 }
      update(.cooldownLeft) { _ in Float(cooldown) }
      update(.badEvaluations) { _ in 0 }
    }
  }

  private func isBetter(_ value: Float, than best: Float) -> Bool {
    if best.isInfinite { return value.isFinite }
    let margin = threshold * abs(Double(best))
    return wantsHigh
      ? Double(value) > Double(best) + margin : Double(value) < Double(best) - margin
  }

  private var wantsHigh: Bool { SeriesCatalog.standard.isHigherBetter(monitor) }
}
