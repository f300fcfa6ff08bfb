/// What a training needs to go on from a round: the tensors of its network and of its solver.
public struct CheckpointContents: Sendable, Equatable {
  public var round: Int
  /// Steps that had been taken when the round ended.
  public var step: Int
  public var tensors: [TensorContents]

  public init(round: Int, step: Int, tensors: [TensorContents]) {
    self.round = round
    self.step = step
    self.tensors = tensors
  }

  /// The values of a tensor, or `nil` where it is not kept.
  public func values(group: String, name: String) -> [Float]? {
    tensors.first { $0.name == name && $0.group == group }?.values
  }
}

/// A tensor as a checkpoint keeps it.
public struct TensorContents: Sendable, Equatable {
  /// `parameters`, `statistics`, `solver/` with the name of a slot, e.g. `solver/momentum`,
  /// `solver/schedule`, and where the first two are averages of what is trained,
  /// `trained/parameters` and `trained/statistics`.
  public var group: String
  /// Unique in its group; dots are kept: `encoder.1.conv.weight`.
  public var name: String
  public var shape: [Int]
  /// In row-major order of the shape.
  public var values: [Float]

  public init(group: String, name: String, shape: [Int], values: [Float]) {
    self.group = group
    self.name = name
    self.shape = shape
    self.values = values
  }
}
