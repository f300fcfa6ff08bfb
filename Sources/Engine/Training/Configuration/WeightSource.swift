package import Execution
package import Networks

/// Where a training takes its first weights from.
package protocol WeightSource: Sendable {
  /// What of a network begins with weights that others have trained.
  ///
  /// - Parameter template: what the network was made by.
  /// - Throws: where the weights cannot be read, or none of them fits.
  func initialWeights(
    for network: Network, of template: any Template
  ) throws -> InitialWeights
}
