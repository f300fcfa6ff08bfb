internal import Groundwork
internal import Measurements

/// What the course of trials is counted in where they are compared.
enum PruningUnit: String, Sendable, Hashable, Codable {
  case epochs
  case steps

  init(_ interval: TrainingInterval) {
    switch interval {
    case .epochs: self = .epochs
    case .iterations: self = .steps
    }
  }

  /// Where an evaluation stands.
  func position(of point: EvaluationPoint) -> Double {
    switch self {
    case .epochs: point.epoch
    case .steps: Double(point.step)
    }
  }

  /// `epochs`, `3 epochs`, as a spec writes it.
  func words(_ count: Int, withCount: Bool = false) -> String {
    let interval: TrainingInterval = self == .epochs ? .epochs(count) : .iterations(count)
    return withCount ? interval.text : self == .epochs ? "epochs" : "iterations"
  }

  /// `epoch 3`, `step 300`.
  func place(_ position: Double) -> String {
    switch self {
    case .epochs: "epoch \(EvaluationPoint.epochText(position))"
    case .steps: "step \(EvaluationPoint.epochText(position))"
    }
  }

  /// The end of a training, by where it is planned to be and an evaluation of it that has been made.
  func end(_ planned: Double, after point: EvaluationPoint) -> EvaluationPoint {
    let perEpoch = Double(point.step) / point.epoch
    return switch self {
    case .epochs: EvaluationPoint(step: Int((planned * perEpoch).rounded()), epoch: planned)
    case .steps: EvaluationPoint(step: Int(planned), epoch: planned / perEpoch)
    }
  }
}
