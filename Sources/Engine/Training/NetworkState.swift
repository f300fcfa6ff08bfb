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

  /// What tensors of so many elements take.
  static func bytes(of counts: [Int]) -> Int { counts.reduce(0) { $0 + ($1 + 15) / 16 * 64 } }

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

extension FlatTensors {
  /// Borrowed, in order.
  func tensors(_ role: StateTensor.Role) -> [StateTensor] {
    entries.indices.map { index in
      StateTensor(
        role: role, name: entries[index].name, shape: entries[index].shape,
        values: UnsafeBufferPointer(self[index]))
    }
  }
}

extension NetworkState {
  var tensors: [StateTensor] {
    parameters.tensors(.parameter) + statistics.tensors(.statistic)
  }
}

extension [StateTensor] {
  /// Overwrites every tensor with its recorded values.
  ///
  /// - Throws: ``TrainingError/checkpoint(_:)`` where a tensor is missing or of another size.
  func restore(from values: (StateTensor.Role, String) throws -> [Float]?) throws {
    for tensor in self {
      guard let recorded = try values(tensor.role, tensor.name) else {
        throw TrainingError.checkpoint("\(tensor.name) is missing")
      }
      guard recorded.count == tensor.values.count else {
        throw TrainingError.checkpoint(
          "\(tensor.name) has \(recorded.count) values, \(tensor.values.count) are needed")
      }
      UnsafeMutableBufferPointer(mutating: tensor.values).baseAddress!
        .update(from: recorded, count: recorded.count)
    }
  }
}
