package import Groundwork

/// λ of a loss in the weighted sum, constant or a function of the time.
///
/// A schedule whose length is in epochs takes a step after every epoch, as the boundary loss's does
/// (Kervadec et al. 2019); one in iterations after every iteration.
package enum LossWeight: Sendable, Hashable {
  case constant(Double)
  /// From one weight to another along a line or half a cosine, beginning `after`.
  case scheduled(Shape, from: Double, to: Double, after: TrainingInterval?, over: TrainingInterval)
  /// One weight before a time, another from then on.
  case step(from: Double, to: Double, at: TrainingInterval)

  package enum Shape: String, Sendable, Hashable, CaseIterable {
    case linear
    case cosine
  }

  /// - Parameter step: 0 for the first.
  package func value(at step: Int, stepsPerEpoch: Int) -> Double {
    switch self {
    case .constant(let weight): return weight
    case .step(let from, let to, let time):
      return step >= time.steps(perEpoch: stepsPerEpoch) ? to : from
    case .scheduled(let shape, let from, let to, let after, let over):
      let reached = if case .epochs = over { step / stepsPerEpoch * stepsPerEpoch } else { step }
      let start = after?.steps(perEpoch: stepsPerEpoch) ?? 0
      let part = Double(reached - start) / Double(over.steps(perEpoch: stepsPerEpoch))
      if part <= 0 { return from }
      if part >= 1 { return to }
      return switch shape {
      case .linear: from + (to - from) * part
      case .cosine: to + (from - to) * PortableMath.raisedCosine(part)
      }
    }
  }

  /// The same weight in another measure.
  package func scaled(by factor: Double) -> LossWeight {
    switch self {
    case .constant(let weight): .constant(factor * weight)
    case .scheduled(let shape, let from, let to, let after, let over):
      .scheduled(shape, from: factor * from, to: factor * to, after: after, over: over)
    case .step(let from, let to, let time): .step(from: factor * from, to: factor * to, at: time)
    }
  }

  /// True where the weight is the same throughout.
  package var isConstant: Bool { if case .constant = self { true } else { false } }
}
