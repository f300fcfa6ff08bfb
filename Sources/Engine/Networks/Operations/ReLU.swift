/// max(x, 0).
struct ReLU: OperationDefinition {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] { inputs }
}

/// x where x > 0, else slope · x (He, Zhang, Ren & Sun 2015); `slope` is `[C]`, 0.25 at first.
struct PReLU: OperationDefinition {
  func outputs(for inputs: [FeatureShape]) -> [FeatureShape] { inputs }

  func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    [ParameterDefinition(name: "slope", shape: [inputs[0].channels], initializer: .constant(0.25))]
  }
}
