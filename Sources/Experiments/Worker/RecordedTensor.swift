internal import Execution
import Measurements
import Tracking
internal import Training

extension TrainingState {
  /// As a checkpoint keeps it.
  ///
  /// - Parameter attempt: the one that takes the checkpoint.
  func contents(_ input: InputRecord?, attempt: Int) -> CheckpointContents {
    var contents = CheckpointContents(
      EvaluationPoint(step: step, epoch: epoch),
      tensors: tensors.map { tensor in
        TensorContents(
          group: tensor.role.group, name: tensor.name, shape: tensor.shape,
          values: Array(tensor.values))
      }, input: input)
    contents.interval = interval.map { interval in
      IntervalRecord(
        beginning: interval.beginning, attempt: attempt, seconds: interval.seconds,
        lossTotal: interval.lossTotal, lossTotals: interval.lossTotals)
    }
    return contents
  }
}

extension StateTensor.Role {
  /// Where a checkpoint keeps tensors of this role.
  var group: String {
    switch self {
    case .parameter: "parameters"
    case .statistic: "statistics"
    case .solver(let state): "solver/\(state)"
    case .schedule: "solver/schedule"
    case .trainedParameter: "trained/parameters"
    case .trainedStatistic: "trained/statistics"
    case .teacherParameter: "teacher/parameters"
    case .teacherStatistic: "teacher/statistics"
    case .relabel: "teacher/relabel"
    case .gradient: "gradients"
    }
  }
}

extension CheckpointContents {
  /// What was trained between the last evaluation and the checkpoint; `nil` where it is of an evaluation.
  var progress: IntervalProgress? {
    interval.map { interval in
      IntervalProgress(
        beginning: interval.beginning, steps: evaluation.step - interval.beginning,
        lossTotal: interval.lossTotal, lossTotals: interval.lossTotals, seconds: interval.seconds)
    }
  }

  /// What ``TrainingLoop/restore(step:interval:origin:series:values:)`` and ``Predictor`` ask for.
  func values(_ role: StateTensor.Role, _ name: String) -> [Float]? {
    values(group: role.group, name: name)
  }
}
