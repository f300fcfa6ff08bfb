internal import Execution
package import Groundwork

/// Half a cosine again and again (Loshchilov & Hutter 2017), DeepDetect's `sgdr` policy: in the n-th
/// cycle, 0 for the first, the rate falls from base · lr_multⁿ to min_lr, and each cycle is p_mult
/// times as long as the one before, rounded down to iterations. Instead of the period of the first
/// cycle their number may be given: the first is as long as lets so many fill the training,
/// steps · (p_mult − 1) / (p_multⁿ − 1), rounded down. Without either there is one.
package struct CosineRestartsSchedule: Schedule {
  package static let name = "sgdr"
  package static let about = "Restarts a cosine with ever longer and lower cycles."
  package static let fields = [
    period.declaration, cycles.declaration, periodMultiplier.declaration,
    rateMultiplier.declaration, lowest.declaration,
  ]
  package static let example = "schedule: {sgdr: {period: 10 epochs, p_mult: 2, lr_mult: 0.8}}"

  package static let period = Field.interval("period", "The length of the first cycle.").optional
  static let cycles = Field.integer(
    "ncycles", 1...1000, "Instead of period: how many cycles fill the training."
  ).optional
  static let periodMultiplier = Field.number(
    "p_mult", default: 2, Bounds(1...1000), "How many times longer each cycle is.")
  package static let rateMultiplier = Field.number(
    "lr_mult", default: 0.8, Bounds(0...1), "What each restart's rate is multiplied by.")
  package static let lowest = Field.lowestRate(default: 1e-6)

  private let period: TrainingInterval?
  private let cycles: Int
  private let periodMultiplier: Double
  private let rateMultiplier: Double
  private let lowest: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    period = values[Self.period]
    cycles = values[Self.cycles] ?? 1
    if period != nil, values[Self.cycles] != nil {
      throw ComponentError(
        field: Self.cycles.declaration.name,
        "period says how many cycles there are: leave one of them out")
    }
    periodMultiplier = values[Self.periodMultiplier]
    rateMultiplier = values[Self.rateMultiplier]
    lowest = values[Self.lowest]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    var length = firstLength(at: point)
    var step = point.step
    var cycle = 0
    if grows(length) {
      while step >= length {
        step -= length
        cycle += 1
        length = Int(Double(length) * periodMultiplier)
      }
    } else {
      (cycle, step) = step.quotientAndRemainder(dividingBy: length)
    }
    let highest = max(lowest, point.base * PortableMath.power(rateMultiplier, cycle))
    return lowest
      + (highest - lowest) * PortableMath.raisedCosine(Double(step) / Double(length))
  }

  private func firstLength(at point: SchedulePoint) -> Int {
    if let period { return point.steps(of: period) }
    // Σ p_multⁱ over the cycles.
    let sum = (0..<cycles).reduce(0) { $0 + PortableMath.power(periodMultiplier, $1) }
    return max(1, Int(Double(point.steps) / sum))
  }

  /// Tells whether a cycle of that length is followed by a longer one.
  private func grows(_ length: Int) -> Bool { Int(Double(length) * periodMultiplier) > length }

  package func check(base: Double) throws(ComponentError) {
    try checkFall(from: base, to: lowest)
  }

  package func neverReached(in length: TrainingLength) -> [NeverReached] {
    guard let period, length.steps(of: period) > length.steps else { return [] }
    return [
      NeverReached(
        field: Self.period.declaration.name, what: "the first cycle ends after \(period.text)",
        time: period)
    ]
  }
}
