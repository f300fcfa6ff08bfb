/// Wu & He 2018: the channels are cut into groups, and the values of each group of each sample are
/// brought to mean 0 and variance 1 (biased), in training and evaluation alike. Parameters `scale` and
/// `shift` `[C]`. One group is layer norm over C × H × W, as many groups as channels instance norm
/// (Ulyanov, Vedaldi & Lempitsky 2016).
package struct GroupNorm: Sendable, Hashable {
  package var groups: Int
  package var epsilon: Float = 1e-5
}

extension GroupNorm: ShapeKeepingOperation {
  package func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    let channels = inputs[0].channels
    precondition(
      groups > 0 && channels.isMultiple(of: groups), "\(groups) groups of \(channels) channels")
    return [
      ParameterDefinition(name: "scale", shape: [channels], initializer: .constant(1)),
      ParameterDefinition(name: "shift", shape: [channels], initializer: .constant(0)),
    ]
  }
}

extension OperationWriter {
  mutating func groupNorm(
    _ name: String, _ input: Feature, groups: Int, epsilon: Float = 1e-5
  ) -> Feature {
    append(name, .groupNorm(GroupNorm(groups: groups, epsilon: epsilon)), [input])[0]
  }

  /// Group norm of groups of one channel.
  mutating func instanceNorm(
    _ name: String, _ input: Feature, epsilon: Float = 1e-5
  ) -> Feature {
    groupNorm(name, input, groups: shape(of: input).channels, epsilon: epsilon)
  }
}
