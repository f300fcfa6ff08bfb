package import Execution
package import Groundwork
package import Networks

/// Averages of the weights, which are evaluated and kept in place of those that are trained.
package enum WeightAveraging: Sendable, Hashable {
  /// θ̄ ← dθ̄ + (1 − d)θ after every step (Polyak & Juditsky 1992, as Tarvainen & Valpola 2017 use
  /// it), from the weights that training begins with. `ramps` begins with smaller decays,
  /// min(d, (1 + t)/(10 + t)) after t steps, so that a short training is not its beginning.
  case exponential(decay: Double, ramps: Bool)
  /// The mean of the weights after `from` and after every `every` from then on (Izmailov et al.
  /// 2018); until then the weights themselves. `updatesStatistics` estimates batch norm's statistics
  /// anew before every evaluation, over an epoch of training batches; else they are averaged like
  /// the weights.
  case stochastic(
    from: TrainingInterval, every: TrainingInterval,
    updatesStatistics: Bool = false)

  /// What part of the way the averages go to the weights after so many steps, 1 for the first:
  /// 1 is to become them, `nil` to stay.
  package func part(afterSteps step: Int, stepsPerEpoch: Int) -> Double? {
    switch self {
    case .exponential(let decay, let ramps):
      return 1 - (ramps ? min(decay, Double(1 + step) / Double(10 + step)) : decay)
    case .stochastic(let from, let every, _):
      let since = step - from.steps(perEpoch: stepsPerEpoch)
      let (taken, rest) = since.quotientAndRemainder(
        dividingBy: every.steps(perEpoch: stepsPerEpoch))
      return since >= 0 && rest == 0 ? 1 / Double(taken + 1) : nil
    }
  }

  /// True where batch norm's statistics are estimated anew for what is evaluated.
  package var updatesStatistics: Bool {
    if case .stochastic(_, _, updatesStatistics: true) = self { true } else { false }
  }

  /// Tells whether there is an average after so many steps.
  package func hasBegun(afterSteps step: Int, stepsPerEpoch: Int) -> Bool {
    switch self {
    case .exponential: true
    case .stochastic(let from, _, _): step >= from.steps(perEpoch: stepsPerEpoch)
    }
  }
}

/// The averages of a training: of its parameters, and in the same way of batch norm's running
/// statistics, as timm's `ModelEma` and PyTorch's `AveragedModel(use_buffers=True)` do.
package final class AveragedWeights {
  /// What is evaluated.
  package let state: NetworkState
  private let averaging: WeightAveraging
  private let stepsPerEpoch: Int
  private let threads: Int

  /// - Parameter trained: what the averages begin as.
  package init(
    _ averaging: WeightAveraging, of trained: NetworkState, network: Network,
    on device: (any Device)? = nil, stepsPerEpoch: Int, threads: Int
  ) {
    self.averaging = averaging
    self.stepsPerEpoch = stepsPerEpoch
    self.threads = threads
    state = NetworkState(network, seed: 0, on: device)
    state.parameters.copy(trained.parameters)
    state.statistics.copy(trained.statistics)
  }

  /// After every step.
  package func follow(_ trained: NetworkState, afterSteps step: Int) {
    guard let part = averaging.part(afterSteps: step, stepsPerEpoch: stepsPerEpoch) else { return }
    move(to: trained, part: Float(part))
  }

  /// Before an evaluation: where nothing is averaged yet, the weights themselves are evaluated.
  ///
  /// - Returns: whether the statistics are still to be estimated.
  package func prepareEvaluation(of trained: NetworkState, afterSteps step: Int) -> Bool {
    guard !averaging.hasBegun(afterSteps: step, stepsPerEpoch: stepsPerEpoch) else {
      return averaging.updatesStatistics
    }
    move(to: trained, part: 1)
    return false
  }

  private func move(to trained: NetworkState, part: Float) {
    let rule = BufferRule.average(part: part)
    state.parameters.update(from: trained.parameters, by: rule, threads: threads)
    state.statistics.update(from: trained.statistics, by: rule, threads: threads)
  }
}
