/// A tensor of the training state, borrowed.
package struct StateTensor {
  package enum Role: Sendable, Hashable {
    case parameter
    /// Batch norm's running mean and variance; as parameters, those that are evaluated.
    case statistic
    /// A state of the optimizer for the parameter of the same name, e.g. `momentum`.
    case solver(state: String)
    /// What the schedule of that name remembers.
    case schedule
    /// Parameters and running statistics as they are trained, where the network's own are averages
    /// of them.
    case trainedParameter
    case trainedStatistic
    /// Parameters and running statistics of the network that the labels of the present stage follow from.
    case teacherParameter
    case teacherStatistic
    /// How many stages of labels there were, and what was measured of the last.
    case relabel
    /// The gradient of the parameter of the same name in the last step, where it is still to be measured.
    case gradient
  }
  package var role: Role
  /// As the network names it, e.g. `encoder0.convolution0.weight`.
  package var name: String
  package var shape: [Int]
  package var values: UnsafeBufferPointer<Float>

  package init(role: Role, name: String, shape: [Int], values: UnsafeBufferPointer<Float>) {
    self.role = role
    self.name = name
    self.shape = shape
    self.values = values
  }
}
