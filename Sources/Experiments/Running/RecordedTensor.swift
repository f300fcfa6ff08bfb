import Engine
import Tracking

extension StateTensor {
  /// As a checkpoint keeps it.
  var recorded: TensorImage {
    TensorImage(role: role.recordedName, name: name, shape: shape, values: values)
  }
}

extension StateTensor.Role {
  /// As a checkpoint names it.
  var recordedName: String {
    switch self {
    case .parameter: "parameter"
    case .statistic: "statistic"
    case .solver(let slot): "solver.\(slot)"
    }
  }
}

extension Checkpoint {
  /// What ``TrainingLoop/restore(round:values:)`` and ``Predictor`` ask for.
  func values(_ role: StateTensor.Role, _ name: String) -> [Float]? {
    values(role.recordedName, name)
  }
}
