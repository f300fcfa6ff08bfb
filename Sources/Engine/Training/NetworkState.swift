/// The values of a network's parameters and running statistics, shared by every plan of it.
///
/// Each kind lies in one flat buffer so that a solver step is one pass; every tensor begins on a
/// cache line, and the gaps between tensors stay zero.
final class NetworkState {
  let parameters: FlatTensors
  let statistics: FlatTensors

  /// Parameters drawn from the seed, statistics at their beginnings.
  init(_ network: Network, seed: UInt64) {
    parameters = FlatTensors(network.parameters.map { ($0.name, $0.shape) })
    statistics = FlatTensors(network.statistics.map { ($0.name, $0.shape) })
    for (index, parameter) in network.parameters.enumerated() {
      parameter.initializer.fill(parameters[index], name: parameter.name, seed: seed)
    }
    for (index, statistic) in network.statistics.enumerated() {
      statistics[index].update(repeating: statistic.initial)
    }
  }
}

/// Named tensors in one flat buffer.
final class FlatTensors {
  struct Entry {
    var name: String
    var shape: [Int]
    var offset: Int
    var count: Int
  }

  let entries: [Entry]
  /// Elements, gaps included.
  let count: Int
  private let buffer: HostBuffer

  init(_ tensors: [(name: String, shape: [Int])]) {
    var entries: [Entry] = []
    var offset = 0
    for tensor in tensors {
      let count = tensor.shape.reduce(1, *)
      entries.append(Entry(name: tensor.name, shape: tensor.shape, offset: offset, count: count))
      offset += (count + 15) / 16 * 16
    }
    self.entries = entries
    count = offset
    buffer = HostBuffer(floats: offset)
  }

  /// Zeros of the same arrangement: gradients, a solver's slots.
  convenience init(like other: FlatTensors) {
    self.init(other.entries.map { ($0.name, $0.shape) })
  }

  var values: UnsafeMutablePointer<Float> { buffer.floats }

  subscript(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      start: values + entries[index].offset, count: entries[index].count)
  }
}
