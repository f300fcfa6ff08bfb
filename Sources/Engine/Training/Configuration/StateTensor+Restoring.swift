package import Networks

extension [StateTensor] {
  /// Overwrites every tensor with its recorded values.
  ///
  /// - Throws: ``TrainingError/checkpoint(_:)`` where a tensor is missing or of another size.
  package func restore(from values: (StateTensor.Role, String) throws -> [Float]?) throws {
    for tensor in self {
      guard let recorded = try values(tensor.role, tensor.name) else {
        throw TrainingError.checkpoint("\(tensor.name) is missing")
      }
      guard recorded.count == tensor.values.count else {
        throw TrainingError.checkpoint(
          "\(tensor.name) has \(recorded.count) values, \(tensor.values.count) are needed")
      }
      UnsafeMutableBufferPointer(mutating: tensor.values).baseAddress!
        .update(from: recorded, count: recorded.count)
    }
  }
}
