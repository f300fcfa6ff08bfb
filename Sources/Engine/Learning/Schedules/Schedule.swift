internal import Execution
package import Groundwork

extension Registry where Member == any Schedule.Type {
  /// The learning-rate schedules that a spec can name.
  package static var schedules: Registry { schedulesList }
}

private let schedulesList = Registry<any Schedule.Type>(
  kind: "schedule",
  [
    FixedSchedule.self,
    StepSchedule.self,
    MultistepSchedule.self,
    ExponentialSchedule.self,
    InverseSchedule.self,
    PolySchedule.self,
    SigmoidSchedule.self,
    LinearSchedule.self,
    CosineSchedule.self,
    CosineRestartsSchedule.self,
    OneCycleSchedule.self,
    PlateauSchedule.self,
  ]
) { $0 }

/// The learning rate as a function of the step, and of what it remembers of the evaluations so far.
package protocol Schedule: Component {
  /// The rate of a step: 0 or above.
  func learningRate(at point: SchedulePoint) -> Double

  /// What the memory holds before the first evaluation; empty where the rate depends on the step alone.
  /// The memory is part of every checkpoint.
  var initialMemory: [Float] { get }
  /// The series that the memory takes in, as ``SeriesCatalog`` names it, with the field that says so; `nil` where there is none.
  var monitoredSeries: (field: String, name: String)? { get }
  /// Takes what an evaluation measured into the memory.
  func remember(_ report: EvaluationReport, in memory: UnsafeMutableBufferPointer<Float>)

  /// - Throws: ``ComponentError`` where settings do not go together with the solver's `base_lr`.
  func check(base: Double) throws(ComponentError)

  /// What a training of that length is over before; at most one for each field.
  func neverReached(in length: TrainingLength) -> [NeverReached]
}

/// A change of the learning rate that a training is too short for.
package struct NeverReached {
  /// That says when it would come.
  package var field: String
  /// A clause with its time in it.
  package var what: String
  /// What the training's length is said beside; `nil` where the clause says all.
  package var time: TrainingInterval?
}

extension Schedule {
  package var initialMemory: [Float] { [] }
  package var monitoredSeries: (field: String, name: String)? { nil }
  package func remember(_ report: EvaluationReport, in memory: UnsafeMutableBufferPointer<Float>) {}
  package func check(base: Double) throws(ComponentError) {}
  package func neverReached(in length: TrainingLength) -> [NeverReached] { [] }
}

/// Where in a training a learning rate is asked for.
package struct SchedulePoint {
  /// The solver's `base_lr`.
  package var base: Double
  /// 0 for the first step.
  package var step: Int
  /// The number of steps of the whole training.
  package var steps: Int
  package var stepsPerEpoch: Int
  /// As ``Schedule/initialMemory`` began it and ``Schedule/remember(_:in:)`` left it.
  package var memory: UnsafeBufferPointer<Float>

  package init(
    base: Double, step: Int, of steps: Int, stepsPerEpoch: Int,
    memory: UnsafeBufferPointer<Float> = UnsafeBufferPointer(start: nil, count: 0)
  ) {
    self.base = base
    self.step = step
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
    self.memory = memory
  }

  /// The interval in steps.
  package func steps(of interval: TrainingInterval) -> Int {
    interval.steps(perEpoch: stepsPerEpoch)
  }
}

extension Field where Value == Double {
  /// The rate that a schedule falls to.
  package static func lowestRate(default fallback: Double) -> Self {
    number("min_lr", default: fallback, Bounds(atLeast: 0), "The learning rate that it falls to.")
  }
}

extension Schedule {
  /// - Throws: where what should fall to `min_lr` would rise.
  func checkFall(from base: Double, to lowest: Double) throws(ComponentError) {
    if lowest >= base {
      throw ComponentError(
        field: "min_lr",
        "the rate cannot fall from a base_lr of \(base) to \(lowest): lower min_lr")
    }
  }
}
