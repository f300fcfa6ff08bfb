/// The channels of all inputs, one after the other.
struct Concatenate: OperationDefinition {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs.allSatisfy { $0.extent == inputs[0].extent }, "inputs of different sizes: \(inputs)")
    return [FeatureShape(inputs.reduce(0) { $0 + $1.channels }, inputs[0].extent)]
  }
}

/// The sum of two inputs or more.
struct Add: ShapeKeepingOperation {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs.count >= 2 && inputs.allSatisfy { $0 == inputs[0] }, "cannot add \(inputs)")
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

extension OperationWriter {
  mutating func concatenate(_ name: String, _ inputs: [Feature]) -> Feature {
    append(name, .concatenate, inputs)[0]
  }

  mutating func add(_ name: String, _ inputs: Feature...) -> Feature {
    add(name, inputs)
  }

  mutating func add(_ name: String, _ inputs: [Feature]) -> Feature {
    append(name, .add, inputs)[0]
  }

  mutating func padChannels(_ name: String, _ input: Feature, to channels: Int) -> Feature {
    append(name, .padChannels(PadChannels(channels: channels)), [input])[0]
  }
}
