internal import Datasets
internal import Execution
internal import Learning
internal import Tracking

/// What `solver` says and hardly means.
extension SpecValidation {
  mutating func checkSolver() {
    guard let solver = draft.solver else { return }
    checkRate(solver)
    checkDecays(solver)
    checkWarmup(solver)
    checkAverage(solver)
  }

  private static let path = SpecPath(components: ["solver"])

  /// A rate that is meant for another solver.
  private mutating func checkRate(_ section: SolverSection) {
    let type = type(of: section.solver)
    let (rate, bearable) = (section.baseLearningRate, type.bearableRates)
    guard !bearable.contains(rate) else { return }
    let path = Self.path.appending("base_lr")
    warn(
      .unusualRate,
      "\(path) is \(WrittenNumbers.shortest(rate)), far "
        + "\(rate > bearable.upperBound ? "above" : "below") what \(type.name) learns with",
      at: path,
      remedy: "rates about \(WrittenNumbers.shortest(type.usualRate)) are usual; "
        + "`experiments lr-range` suggests one")
  }

  /// Without a decay nothing multiplies it.
  private mutating func checkDecays(_ section: SolverSection) {
    let remedy = "write weight_decay, or leave it out"
    if section.weightDecay == 0, !section.parameterGroups.decaysNormsAndBiases {
      let path = Self.path.appending("decay_norms_and_biases")
      warn(.idleSetting, "\(path) does nothing: weight_decay is 0", at: path, remedy: remedy)
    }
    for (index, group) in section.parameterGroups.groups.enumerated() {
      let path = Self.path.appending("groups").appending(String(index))
      if section.weightDecay == 0, group.decayMultiplier != 1 {
        warn(
          .idleSetting, "\(path).decay_mult does nothing: weight_decay is 0",
          at: path.appending("decay_mult"), remedy: remedy)
      } else if group.rateMultiplier == 1, group.decayMultiplier == 1 {
        warn(
          .idleSetting, "\(path) does nothing: its multipliers are 1", at: path,
          remedy: "write other multipliers, or leave it out")
      }
    }
  }

  private mutating func checkWarmup(_ section: SolverSection) {
    guard section.warmup?.startFactor == 1 else { return }
    let path = Self.path.appending("schedule").appending("warmup").appending("start_factor")
    warn(
      .idleSetting, "\(path) is 1, with which the warm-up does nothing", at: path,
      remedy: "write a number below 1, or leave warmup out")
  }

  /// An average that forgets at once is the weights themselves.
  private mutating func checkAverage(_ section: SolverSection) {
    guard case .exponential(decay: 0, _) = section.averaging else { return }
    let path = Self.path.appending("ema")
    warn(
      .idleSetting, "\(path) is 0, with which the average is the weights themselves", at: path,
      remedy: "write a decay as 0.999, or leave it out")
  }
}
