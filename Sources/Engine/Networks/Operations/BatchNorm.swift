/// Ioffe & Szegedy 2015. Parameters `scale` and `shift` `[C]`; statistics `mean` and `variance`
/// `[C]`: running ← (1 − momentum) · running + momentum · batch, the variance unbiased, as in PyTorch.
package struct BatchNorm: Sendable, Hashable {
  package var epsilon: Float = 1e-5
  package var momentum: Float = 0.1
  /// True where training normalizes with the running statistics too, and leaves them as they are.
  package var isFrozen = false
}

extension BatchNorm: ShapeKeepingOperation {
  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    [
      ParameterDefinition(name: "scale", shape: [inputs[0].channels], initializer: .constant(1)),
      ParameterDefinition(name: "shift", shape: [inputs[0].channels], initializer: .constant(0)),
    ]
  }

  package func statistics(for inputs: [FeatureShape]) -> [StatisticDefinition] {
    [
      StatisticDefinition(name: "mean", shape: [inputs[0].channels], initial: 0),
      StatisticDefinition(name: "variance", shape: [inputs[0].channels], initial: 1),
    ]
  }
}

extension OperationWriter {
  mutating func batchNorm(
    _ name: String, _ input: Feature, epsilon: Float = 1e-5, momentum: Float = 0.1
  ) -> Feature {
    append(name, .batchNorm(BatchNorm(epsilon: epsilon, momentum: momentum)), [input])[0]
  }
}
