package import Measurements

/// What a training needs to go on from an evaluation: the tensors of its network and of its solver.
package struct CheckpointContents: Sendable, Equatable {
  package var evaluation: EvaluationPoint
  package var tensors: [TensorContents]
  /// How images become the network's input, so that the file can be used by itself.
  package var input: InputRecord?

  package init(
    _ evaluation: EvaluationPoint, tensors: [TensorContents], input: InputRecord? = nil
  ) {
    self.evaluation = evaluation
    self.tensors = tensors
    self.input = input
  }

  /// The values of a tensor, or `nil` where it is not kept.
  package func values(group: String, name: String) -> [Float]? {
    tensors.first { $0.name == name && $0.group == group }?.values
  }
}

/// A tensor as a checkpoint keeps it.
package struct TensorContents: Sendable, Equatable {
  /// `parameters`, `statistics`, `solver/` with the name of a state, e.g. `solver/momentum`,
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
