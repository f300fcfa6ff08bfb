internal import Groundwork

/// Named tensors of `f32` in one flat buffer in the memory of a device.
///
/// The host sees them through ``values`` and the subscript: the buffer itself where the device shares
/// the memory of the host. Elsewhere they are a copy, which ``download()`` and ``upload()`` keep in
/// step.
package final class FlatTensors {
  package struct Entry {
    package var name: String
    package var shape: [Int]
    package var offset: Int
    package var count: Int
  }

  package let entries: [Entry]
  /// Elements, gaps included.
  package let count: Int
  /// `nil` where they lie in the memory of the host and belong to no device.
  package let device: (any Device)?
  package let memory: any DeviceMemory
  private lazy var window = HostWindow(DevicePlace(memory), bytes: bytes)

  package init(_ tensors: [(name: String, shape: [Int])], on device: (any Device)? = nil) {
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
  package static func bytes(of counts: [Int]) -> Int {
    counts.reduce(0) { $0 + ($1 + 15) / 16 * 64 }
  }

  /// Zeros of the same arrangement on the same device: gradients, the state of an optimizer.
  package convenience init(like other: FlatTensors) {
    self.init(other.entries.map { ($0.name, $0.shape) }, on: other.device)
  }

  private var bytes: Int { count * MemoryLayout<Float>.stride }

  /// All values as the host sees them.
  package var values: UnsafeMutablePointer<Float> { window.floats }

  /// One tensor as the host sees it.
  package subscript(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      start: values + entries[index].offset, count: entries[index].count)
  }

  /// Makes the host see what the device has.
  package func download() { window.download() }

  /// Makes the device have what the host has written.
  package func upload() { window.upload() }

  /// Where a tensor lies on the device.
  package func place(_ index: Int) -> DevicePlace {
    DevicePlace(memory, offset: entries[index].offset * MemoryLayout<Float>.stride)
  }

  /// Takes over all values of other tensors on the same device.
  ///
  /// - Precondition: the arrangements are the same.
  package func copy(_ other: FlatTensors) {
    precondition(count == other.count)
    memory.copy(other.memory, bytes: bytes)
  }
}
