/// The values of a network's parameters and running statistics, shared by every plan of it.
///
/// Each kind lies in one flat buffer so that a solver step is one pass; every tensor begins on a
/// cache line, and the gaps between tensors stay zero.
final class NetworkState {
  let parameters: FlatTensors
  let statistics: FlatTensors

  /// Parameters drawn from the seed, statistics at their beginnings.
  ///
  /// - Parameter device: whose memory they lie in; that of the host where none is given.
  init(_ network: Network, seed: UInt64, on device: (any Device)? = nil) {
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

/// Named tensors of `f32` in one flat buffer in the memory of a device.
///
/// The host sees them through ``values`` and the subscript: the buffer itself where the device shares
/// the memory of the host. Elsewhere they are a copy, which ``download()`` and ``upload()`` keep in
/// step.
package final class FlatTensors {
  struct Entry {
    var name: String
    var shape: [Int]
    var offset: Int
    var count: Int
  }

  let entries: [Entry]
  /// Elements, gaps included.
  package let count: Int
  /// `nil` where they lie in the memory of the host and belong to no device.
  package let device: (any Device)?
  package let memory: any DeviceMemory
  private lazy var window = HostWindow(DevicePlace(memory), bytes: bytes)

  init(_ tensors: [(name: String, shape: [Int])], on device: (any Device)? = nil) {
    var entries: [Entry] = []
    var offset = 0
    for tensor in tensors {
      let count = tensor.shape.reduce(1, *)
      entries.append(Entry(name: tensor.name, shape: tensor.shape, offset: offset, count: count))
      offset += (count + 15) / 16 * 16
    }
    self.entries = entries
    self.device = device
    count = offset
    let bytes = offset * MemoryLayout<Float>.stride
    memory = device?.allocate(bytes: bytes) ?? HostBuffer(bytes: bytes)
  }

  /// What tensors of so many elements take.
  static func bytes(of counts: [Int]) -> Int { counts.reduce(0) { $0 + ($1 + 15) / 16 * 64 } }

  /// Zeros of the same arrangement on the same device: gradients, the state of an optimizer.
  convenience init(like other: FlatTensors) {
    self.init(other.entries.map { ($0.name, $0.shape) }, on: other.device)
  }

  private var bytes: Int { count * MemoryLayout<Float>.stride }

  /// All values as the host sees them.
  var values: UnsafeMutablePointer<Float> { window.floats }

  /// One tensor as the host sees it.
  subscript(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      start: values + entries[index].offset, count: entries[index].count)
  }

  /// Makes the host see what the device has.
  func download() { window.download() }

  /// Makes the device have what the host has written.
  func upload() { window.upload() }

  /// Where a tensor lies on the device.
  func place(_ index: Int) -> DevicePlace {
    DevicePlace(memory, offset: entries[index].offset * MemoryLayout<Float>.stride)
  }

  /// Takes over all values of other tensors on the same device.
  ///
  /// - Precondition: the arrangements are the same.
  func copy(_ other: FlatTensors) {
    precondition(count == other.count)
    memory.copy(other.memory, bytes: bytes)
  }
}
