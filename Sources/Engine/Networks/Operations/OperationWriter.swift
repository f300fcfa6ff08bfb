/// Takes operations down one after the other. Each operation's own file adds how it is written.
protocol OperationWriter {
  /// An output of an operation, to be the input of others.
  typealias Feature = WrittenFeature

  /// How the weights of a convolution begin that is not given another way.
  var initialization: WeightInitialization { get }

  func shape(of feature: Feature) -> FeatureShape

  /// Says that a feature holds one byte an element: where in its window a maximum stood.
  mutating func holdsPositions(_ feature: Feature)

  /// Adds an operation.
  ///
  /// - Returns: its outputs.
  mutating func append(_ name: String, _ operation: Operation, _ inputs: [Feature]) -> [Feature]
}

/// An output of an operation that a writer has taken down.
struct WrittenFeature {
  /// Numbers the outputs of all operations, behind the input.
  let index: Int
}
