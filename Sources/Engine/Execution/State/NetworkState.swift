package import Networks

/// The values of a network's parameters and running statistics, shared by every plan of it.
///
/// Each kind lies in one flat buffer so that a solver step is one pass; every tensor begins on a
/// cache line, and the gaps between tensors stay zero.
package final class NetworkState {
  package let parameters: FlatTensors
  package let statistics: FlatTensors

  /// Parameters drawn from the seed, statistics at their beginnings.
  ///
  /// - Parameter device: whose memory they lie in; that of the host where none is given.
  package init(_ network: Network, seed: UInt64, on device: (any Device)? = nil) {
    parameters = FlatTensors(network.parameters.map { ($0.name, $0.shape) }, on: device)
    statistics = FlatTensors(network.statistics.map { ($0.name, $0.shape) }, on: device)
    for (index, parameter) in network.parameters.enumerated() {
      parameter.initializer.fill(parameters[index], name: parameter.name, seed: seed)
    }
    for (index, statistic) in network.statistics.enumerated() {
      statistics[index].update(repeating: statistic.initial)
    }
    parameters.upload()
    statistics.upload()
  }
}
