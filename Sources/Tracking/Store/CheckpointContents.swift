/// What a training needs to go on from a round: the tensors of its network and of its solver.
package struct CheckpointContents: Sendable, Equatable {
  package var round: Int
  /// Steps that had been taken when the round ended.
  package var step: Int
  package var tensors: [TensorContents]

  package init(round: Int, step: Int, tensors: [TensorContents]) {
    self.round = round
    self.step = step
    self.tensors = tensors
  }

  /// The values of a tensor, or `nil` where it is not kept.
  package func values(group: String, name: String) -> [Float]? {
    tensors.first { $0.name == name && $0.group == group }?.values
  }
}

/// A tensor as a checkpoint keeps it.
package struct TensorContents: Sendable, Equatable {
  /// `parameters`, `statistics`, `solver/` with the name of a slot, e.g. `solver/momentum`,
  /// `solver/schedule`, and where the first two are averages of what is trained,
  /// `trained/parameters` and `trained/statistics`.
  package var group: String
  /// Unique in its group; dots are kept: `encoder.1.conv.weight`.
  package var name: String
  package var shape: [Int]
  /// In row-major order of the shape.
  package var values: [Float]

  package init(group: String, name: String, shape: [Int], values: [Float]) {
    self.group = group
    self.name = name
    self.shape = shape
    self.values = values
  }
}
