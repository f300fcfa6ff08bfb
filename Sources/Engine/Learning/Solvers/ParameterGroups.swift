package import Execution
package import Groundwork
internal import Networks

/// Which parameters learn at another rate, or with another weight decay, than the rest.
package struct ParameterGroups: Sendable, Hashable {
  /// Each applies to the parameters that its pattern fits; where several fit, their multipliers are
  /// multiplied.
  package var groups: [Group]
  /// True where parameters of one dimension are decayed: biases, batch norm's scales and shifts,
  /// the slopes of a PReLU.
  package var decaysNormsAndBiases: Bool

  package struct Group: Sendable, Hashable {
    package var pattern: NamePattern
    /// Caffe's `lr_mult` and `decay_mult`.
    package var rateMultiplier: Double
    package var decayMultiplier: Double

    package init(pattern: NamePattern, rateMultiplier: Double = 1, decayMultiplier: Double = 1) {
      self.pattern = pattern
      self.rateMultiplier = rateMultiplier
      self.decayMultiplier = decayMultiplier
    }
  }

  package init(groups: [Group] = [], decaysNormsAndBiases: Bool = true) {
    self.groups = groups
    self.decaysNormsAndBiases = decaysNormsAndBiases
  }

  /// A tensor of that name and shape, as it is to learn.
  package func tensor(name: String, shape: [Int], offset: Int) -> SolverTensors.Tensor {
    var tensor = SolverTensors.Tensor(
      name: name, offset: offset, count: shape.reduce(1, *),
      decayMultiplier: decaysNormsAndBiases || shape.count > 1 ? 1 : 0)
    for group in groups where group.pattern.fits(name) {
      tensor.rateMultiplier *= group.rateMultiplier
      tensor.decayMultiplier *= group.decayMultiplier
    }
    return tensor
  }

  /// The parameters of a network, as they are to learn.
  package func tensors(_ parameters: FlatTensors) -> SolverTensors {
    SolverTensors(
      parameters.entries.map { tensor(name: $0.name, shape: $0.shape, offset: $0.offset) })
  }
}
