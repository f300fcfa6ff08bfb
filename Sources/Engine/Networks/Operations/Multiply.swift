/// The product of features and a gate, which is repeated along every axis where it has an extent of 1:
/// C × 1 × 1 weighs channels, 1 × H × W places. Inputs: the features, the gate.
struct Multiply: ShapeKeepingOperation {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let (features, gate) = (inputs[0], inputs[1])
    let fits =
      gate.channels == features.channels || gate.channels == 1
    precondition(
      fits && features.extent.rank == gate.extent.rank
        && (gate.extent == features.extent || gate.extent.count == 1),
      "\(gate) cannot be repeated to \(features)")
    return [features]
  }
}

extension OperationWriter {
  mutating func multiply(_ name: String, _ features: Feature, by gate: Feature) -> Feature {
    append(name, .multiply, [features, gate])[0]
  }
}
