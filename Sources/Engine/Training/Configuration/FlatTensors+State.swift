package import Execution

extension FlatTensors {
  /// The tensors in order as the device has them now, borrowed.
  package func tensors(_ role: StateTensor.Role) -> [StateTensor] {
    download()
    return entries.indices.map { index in
      StateTensor(
        role: role, name: entries[index].name, shape: entries[index].shape,
        values: UnsafeBufferPointer(self[index]))
    }
  }

  /// Overwrites every tensor with its recorded values.
  ///
  /// - Throws: ``TrainingError/checkpoint(_:)`` where a tensor is missing or of another size.
  package func restore(
    _ role: StateTensor.Role, from values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    for (index, entry) in entries.enumerated() {
      guard let recorded = try values(role, entry.name) else {
        throw TrainingError.checkpoint("\(entry.name) is missing")
      }
      guard recorded.count == entry.count else {
        throw TrainingError.checkpoint(
          "\(entry.name) has \(recorded.count) values, \(entry.count) are needed")
      }
      _ = self[index].update(fromContentsOf: recorded)
    }
    upload()
  }
}

extension NetworkState {
  package var tensors: [StateTensor] {
    parameters.tensors(.parameter) + statistics.tensors(.statistic)
  }

  /// As ``FlatTensors/restore(_:from:)``.
  package func restore(from values: (StateTensor.Role, String) throws -> [Float]?) throws {
    try parameters.restore(.parameter, from: values)
    try statistics.restore(.statistic, from: values)
  }
}
