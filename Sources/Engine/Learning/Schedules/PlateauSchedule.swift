internal import Execution
package import Groundwork

/// Multiplies the rate by `gamma` whenever more than `patience` rounds in a row brought nothing
/// better, PyTorch's `ReduceLROnPlateau`. Better is what passes the best so far by `threshold` of
/// it; after a reduction the next `cooldown` rounds do not count.
///
/// Figures are compared as 32-bit floats, which is how a checkpoint keeps the best one.
package struct PlateauSchedule: Schedule {
  package static let name = "plateau"
  package static let about = "Lowers the learning rate when a figure has stopped getting better."
  package static let fields = [
    monitor.declaration, gamma.declaration, patience.declaration, threshold.declaration,
    cooldown.declaration, lowest.declaration,
  ]
  package static let example =
    "schedule: {plateau: {monitor: validation.mean_iou, gamma: 0.5, patience: 5}}"

  static let monitor = Field.figure(
    "monitor", default: RoundFigure.validationLoss,
    "The figure: a loss, or a metric that the evaluation names or always has, of all classes or of "
      + "one.")
  static let gamma = Field.number(
    "gamma", default: 0.1, Bounds(0..<1), "What the rate is multiplied by.")
  package static let patience = Field.integer(
    "patience", default: 10, 0...1_000_000, unit: "rounds",
    "How many rounds without a better figure are borne.")
  static let threshold = Field.number(
    "threshold", default: 1e-4, Bounds(0..<1), "By what part of it the best must be passed.")
  static let cooldown = Field.integer(
    "cooldown", default: 0, 0...1_000_000, unit: "rounds",
    "How many rounds after a reduction do not count.")
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

  package var monitoredFigure: (field: String, name: String)? {
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

  /// The places in the memory; counts are whole numbers.
  private enum Memory: Int, CaseIterable {
    /// Positive where high is better; infinite before the first round.
    case best
    case badRounds
    case cooldownLeft
    case reductions
  }

  package var initialMemory: [Float] { [wantsHigh ? -.infinity : .infinity, 0, 0, 0] }

  package func remember(_ report: RoundReport, in memory: UnsafeMutableBufferPointer<Float>) {
    remember(figure: Float(report.figure(monitor) ?? .nan), in: memory)
  }

  /// A figure that is not a number is not better.
  package func remember(figure: Float, in memory: UnsafeMutableBufferPointer<Float>) {
    func update(_ place: Memory, _ change: (Float) -> Float) {
      memory[place.rawValue] = change(memory[place.rawValue])
    }
    if isBetter(figure, than: memory[Memory.best.rawValue]) {
      update(.best) { _ in figure }
      update(.badRounds) { _ in 0 }
    } else {
      update(.badRounds) { $0 + 1 }
    }
    if memory[Memory.cooldownLeft.rawValue] > 0 {
      update(.cooldownLeft) { $0 - 1 }
      update(.badRounds) { _ in 0 }
    }
    if memory[Memory.badRounds.rawValue] > Float(patience) {
      update(.reductions) { $0 + 1 }
      update(.cooldownLeft) { _ in Float(cooldown) }
      update(.badRounds) { _ in 0 }
    }
  }

  private func isBetter(_ figure: Float, than best: Float) -> Bool {
    if best.isInfinite { return figure.isFinite }
    let margin = threshold * abs(Double(best))
    return wantsHigh
      ? Double(figure) > Double(best) + margin : Double(figure) < Double(best) - margin
  }

  private var wantsHigh: Bool { RoundFigure.isHigherBetter(monitor) }
}
