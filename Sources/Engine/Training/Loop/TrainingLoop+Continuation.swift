package import Execution
internal import Groundwork
internal import Measurements

/// How a training is kept and goes on.
extension TrainingLoop {
  /// Everything that a continuation needs; the tensors stay valid while nothing is trained.
  ///
  /// It may be asked for after a step, at the end of an evaluation, and once ``run(_:)`` has returned, but not
  /// while an evaluation is under way, which computes with other weights for a time.
  package var state: TrainingState {
    let isWithin = interval.steps > 0
    var tensors = training.tensors + (relabel?.tensors ?? [])
    if isWithin, measuresGradients { tensors += training.gradients.tensors(.gradient) }
    return TrainingState(
      step: stepsDone, epoch: epochsDone, tensors: tensors, interval: isWithin ? interval : nil)
  }

  /// Whether the next evaluation measures the gradients of a step that is already done.
  private var measuresGradients: Bool {
    histograms != nil && stepsDone == schedule.point(ofEvaluation: evaluationsDone + 1).step
  }

  /// Names of the tensors whose digests an evaluation reports, in their order.
  package var digestedTensors: [String] {
    training.networkTensors.map { tensor in
      switch tensor.role {
      case .trainedParameter, .trainedStatistic: "trained/\(tensor.name)"
      default: tensor.name
      }
    } + (relabel == nil ? [] : [Relabel.digestName])
  }

  /// Goes back to a recorded ``state``.
  ///
  /// - Parameters:
  ///   - step: the steps that were done then.
  ///   - interval: what of them lies behind the last evaluation; `nil` for the state at an evaluation.
  ///   - origin: the steps of another training that this one goes on from.
  ///   - series: gives the recorded values of a series, one for each evaluation from the origin up to
  ///     then; asked for the series that ``EarlyStopping`` goes by.
  ///   - values: gives the recorded values of each tensor, `nil` where there are none.
  /// - Throws: ``TrainingError/checkpoint(_:)`` where a tensor is missing or of another size, the steps are
  ///   none that this training does, or a series has another number of values.
  package func restore(
    step: Int, interval: IntervalProgress? = nil, origin: Int = 0,
    series: (String) -> [Double] = { _ in [] },
    values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    let number = try evaluations(afterSteps: interval?.beginning ?? step)
    let first = try evaluations(afterSteps: origin)
    if step == origin, step > 0, number >= schedule.evaluations {
      throw TrainingError.checkpoint("no steps are left to do after step \(step)")
    }
    let progress = interval ?? IntervalProgress(after: step, losses: training.losses.names.count)
    try check(progress, upTo: step, evaluations: number)
    try training.restore(from: values)
    try relabel?.restore(from: values)
    if let settings = configuration.earlyStopping {
      try restore(settings, from: series(settings.series), evaluations: first..<number)
    }
    (evaluationsDone, self.interval) = (number, progress)
    if progress.steps > 0, measuresGradients {
      try training.gradients.restore(.gradient, from: values)
    }
  }

  /// - Parameter number: the evaluations that are done.
  private func check(
    _ progress: IntervalProgress, upTo step: Int, evaluations number: Int
  ) throws(TrainingError) {
    let losses = training.losses.names.count
    guard progress.lossTotals.count == losses else {
      throw .checkpoint("it has \(progress.lossTotals.count) losses, \(losses) are needed")
    }
    guard progress.end == step, step <= schedule.point(ofEvaluation: number + 1).step else {
      throw .checkpoint(
        "\(progress.steps) steps after step \(progress.beginning) do not end at step \(step) "
          + "before the next evaluation")
    }
  }

  private func evaluations(afterSteps step: Int) throws(TrainingError) -> Int {
    guard step > 0 else { return 0 }
    guard let number = schedule.evaluations(afterSteps: step) else {
      throw .checkpoint("no evaluation is made after step \(step)")
    }
    return number
  }

  private func restore(
    _ settings: EarlyStopping, from values: [Double], evaluations: Range<Int>
  ) throws(TrainingError) {
    guard values.count == evaluations.count else {
      throw .checkpoint(
        "of \(evaluations.count) evaluations \(values.count) have recorded \(settings.series)")
    }
    var state = EarlyStopping.State(
      settings, stepsPerEpoch: schedule.stepsPerEpoch,
      origin: schedule.point(ofEvaluation: evaluations.lowerBound).step)
    for (number, value) in zip(evaluations, values) {
      state.add(value, at: schedule.point(ofEvaluation: number + 1))
    }
    earlyStopping = state
  }
}
