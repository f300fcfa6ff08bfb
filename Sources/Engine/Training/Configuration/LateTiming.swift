internal import Datasets
internal import Foundation
internal import Groundwork
package import Learning

/// A time in a spec that a training is over before: what should begin or end then does not.
package struct LateTiming: Sendable, Hashable {
  /// The keys of the spec that lead to it, components in lists by their names.
  package var path: [String]
  /// What is so, the same whatever the rates are.
  package var message: String
  /// What follows from it.
  package var consequence: String?
  package var remedy: String
}

extension TrainingConfiguration {
  /// What is set for times that the training does not last for; empty for settings that
  /// ``check(trainingSamples:)`` refuses.
  package func lateTimings(trainingSamples: Int) -> [LateTiming] {
    guard let schedule = try? TrainingSchedule(self, trainingSamples: trainingSamples) else {
      return []
    }
    let length = TrainingLength(
      steps: schedule.steps, stepsPerEpoch: schedule.stepsPerEpoch,
      evaluations: schedule.evaluations)
    return lateWarmup(length) + lateSchedule(length) + lateAverage(length) + lateWeights(length)
      + lateStopping(length)
  }

  private func lateWarmup(_ length: TrainingLength) -> [LateTiming] {
    guard let warmup = optimization.warmup, warmup.startFactor < 1,
      length.isOver(after: warmup.length)
    else { return [] }
    let rates = learningRates(length)
    let reached =
      rates.highest == rates.last
      ? "gets to \(rates.last.rateText)"
      : "is \(rates.highest.rateText) at most and \(rates.last.rateText) at the end"
    return [
      LateTiming(
        path: ["solver", "schedule", "warmup"],
        message: "the warm-up lasts \(warmup.length.text), the training "
          + length.text(like: warmup.length),
        consequence:
          "a base_lr of \(optimization.baseLearningRate.rateText) is never reached, the learning rate "
          + reached,
        remedy: "make the warm-up shorter or the training longer")
    ]
  }

  private func lateSchedule(_ length: TrainingLength) -> [LateTiming] {
    let name = type(of: optimization.schedule).name
    return optimization.schedule.neverReached(in: length).map { late in
      LateTiming(
        path: ["solver", "schedule", name, late.field],
        message: late.what
          + (late.time.map { ", but the training lasts \(length.text(like: $0))" } ?? ""),
        consequence: "the learning rate ends at \(learningRates(length).last.rateText)",
        remedy: "let it come earlier, or train longer")
    }
  }

  private func lateAverage(_ length: TrainingLength) -> [LateTiming] {
    switch optimization.averaging {
    case .exponential(let decay, ramps: false):
      let left = PortableMath.power(decay, length.steps)
      guard left > 0.1 else { return [] }
      return [
        LateTiming(
          path: ["solver", "ema"],
          message:
            "after \(TrainingInterval.iterations(length.steps).text) of training the average is "
            + "still \(Int((100 * left).rounded())) % made of the weights that were drawn",
          consequence: nil, remedy: "lower the decay, or write {decay: \(decay), ramp: true}")
      ]
    case .exponential, .stochastic, nil: return []
    }
  }

  private func lateWeights(_ length: TrainingLength) -> [LateTiming] {
    losses.compactMap { weighted in
      guard let (what, time) = weighted.weight.neverReached(in: length) else { return nil }
      let last = weighted.weight.value(
        at: length.steps - 1, stepsPerEpoch: length.stepsPerEpoch)
      return LateTiming(
        path: ["losses", type(of: weighted.loss).name, "weight"],
        message: "\(what), but the training lasts \(length.text(like: time))",
        consequence: "the weight is \(last.rateText) at the end",
        remedy: "let it come earlier, or train longer")
    }
  }

  private func lateStopping(_ length: TrainingLength) -> [LateTiming] {
    guard let patience = earlyStopping?.patience, patience.isNeverOver(in: length) else {
      return []
    }
    let lasts =
      switch patience {
      case .interval(let interval): "the training lasts \(length.text(like: interval))"
      case .evaluations:
        "the training has \(EarlyStopping.Patience.evaluations(length.evaluations).text)"
      }
    return [
      LateTiming(
        path: ["training", "early_stopping", "patience"],
        message: "the patience is \(patience.text), but \(lasts)",
        consequence: "it never stops early",
        remedy: "make the patience shorter or the training longer, or leave early_stopping out")
    ]
  }

  /// The highest of the learning rates and the last one, as they are before any evaluation has
  /// changed them; of a long training a part of the steps stands for all.
  private func learningRates(_ length: TrainingLength) -> (highest: Double, last: Double) {
    func rate(_ step: Int) -> Double {
      optimization.schedule.initialMemory.withUnsafeBufferPointer { memory in
        learningRate(
          at: SchedulePoint(
            base: optimization.baseLearningRate, step: step, of: length.steps,
            stepsPerEpoch: length.stepsPerEpoch, memory: memory))
      }
    }
    let last = rate(length.steps - 1)
    let stride = max(1, length.steps / 1000)
    let highest = Swift.stride(from: 0, to: length.steps, by: stride).reduce(last) {
      max($0, rate($1))
    }
    return (highest, last)
  }
}

extension EarlyStopping.Patience {
  /// Whether it is not over before the last evaluation, wherever the best one stands.
  fileprivate func isNeverOver(in length: TrainingLength) -> Bool {
    switch self {
    case .interval(let interval): length.isOver(after: interval)
    case .evaluations(let count): count >= length.evaluations
    }
  }
}

extension TrainingConfiguration {
  /// What the schedule says, times what is left of the warm-up.
  package func learningRate(at point: SchedulePoint) -> Double {
    optimization.schedule.learningRate(at: point) * (optimization.warmup?.factor(at: point) ?? 1)
  }
}

extension LossWeight {
  /// What of its schedule the training is too short for, and when that would be.
  func neverReached(
    in length: TrainingLength
  ) -> (what: String, time: TrainingInterval)? {
    switch self {
    case .constant: return nil
    case .step(_, let to, let time):
      return length.isOver(after: time)
        ? ("it becomes \(to.rateText) after \(time.text)", time) : nil
    case .scheduled(_, _, let to, let after, let over):
      if let after, length.isOver(after: after) {
        return ("it begins to change after \(after.text)", after)
      }
      let end = (after.map(length.steps(of:)) ?? 0) + length.steps(of: over)
      guard end > length.steps else { return nil }
      let start = after.map { "\($0.text) and another " } ?? ""
      return ("it becomes \(to.rateText) after \(start)\(over.text)", over)
    }
  }
}

extension Double {
  /// Three digits at most, as a spec would write it: `0.5`, `7.75e-5`.
  var rateText: String {
    let parts = String(format: "%.3g", self).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return String(parts[0]) }
    return "\(parts[0])e\(exponent)"
  }
}
