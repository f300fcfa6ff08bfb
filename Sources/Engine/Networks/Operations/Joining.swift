/// The channels of all inputs, one after the other.
struct Concatenate: OperationDefinition {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs.allSatisfy { $0.extent == inputs[0].extent }, "inputs of different sizes: \(inputs)")
    return [FeatureShape(inputs.reduce(0) { $0 + $1.channels }, inputs[0].extent)]
  }
}

/// The sum of two inputs.
struct Add: OperationDefinition {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "cannot add \(inputs)")
    return [inputs[0]]
  }
}

/// Zero channels appended up to `channels`.
package struct PadChannels: Sendable, Hashable {
  package var channels: Int
}

extension PadChannels: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs[0].channels <= channels)
    return [FeatureShape(channels, inputs[0].extent)]
  }
}
