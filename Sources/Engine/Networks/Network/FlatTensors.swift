internal import Groundwork

/// Named tensors in one flat buffer.
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
  private let buffer: HostBuffer

  package init(_ tensors: [(name: String, shape: [Int])]) {
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
  package static func bytes(of counts: [Int]) -> Int {
    counts.reduce(0) { $0 + ($1 + 15) / 16 * 64 }
  }

  /// Zeros of the same arrangement: gradients, a solver's slots.
  package convenience init(like other: FlatTensors) {
    self.init(other.entries.map { ($0.name, $0.shape) })
  }

  package var values: UnsafeMutablePointer<Float> { buffer.floats }

  package subscript(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      start: values + entries[index].offset, count: entries[index].count)
  }
}

extension FlatTensors {
  /// Borrowed, in order.
  package func tensors(_ role: StateTensor.Role) -> [StateTensor] {
    entries.indices.map { index in
      StateTensor(
        role: role, name: entries[index].name, shape: entries[index].shape,
        values: UnsafeBufferPointer(self[index]))
    }
  }
}
