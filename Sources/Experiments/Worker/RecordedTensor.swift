internal import Execution
import Measurements
import Tracking
internal import Training

extension TrainingState {
  /// As a checkpoint keeps it.
  func contents(_ input: InputRecord?) -> CheckpointContents {
    CheckpointContents(
      EvaluationPoint(step: step, epoch: epoch),
      tensors: tensors.map { tensor in
        TensorContents(
          group: tensor.role.group, name: tensor.name, shape: tensor.shape,
          values: Array(tensor.values))
      }, input: input)
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
    }
  }
}

extension CheckpointContents {
  /// What ``TrainingLoop/restore(step:values:)`` and ``Predictor`` ask for.
  func values(_ role: StateTensor.Role, _ name: String) -> [Float]? {
    values(group: role.group, name: name)
  }
}
