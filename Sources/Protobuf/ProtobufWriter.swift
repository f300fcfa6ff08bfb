package import Foundation

/// Writes a message of Protocol Buffers field by field (Protocol Buffers' description of its wire
/// format).
///
/// The values of tensors are not copied before the whole message is asked for: a model lies in memory
/// once more, and not once for every message that its tensors lie within.
package struct ProtobufWriter {
  private var parts: [Part] = []
  /// How many bytes there are.
  package private(set) var count = 0

  private enum Part {
    case bytes([UInt8])
    case floats([Float])
  }

  package init() {}

  /// An `int32`, `int64` or enum; a negative one takes ten bytes.
  package mutating func integer(_ field: Int, _ value: Int) {
    key(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  package mutating func float(_ field: Int, _ value: Float) {
    key(field, .bytes4)
    append(Self.littleEndian(value.bitPattern))
  }

  package mutating func double(_ field: Int, _ value: Double) {
    key(field, .bytes8)
    append(Self.littleEndian(value.bitPattern))
  }

  package mutating func text(_ field: Int, _ text: String) { bytes(field, Array(text.utf8)) }

  package mutating func bytes(_ field: Int, _ bytes: [UInt8]) {
    key(field, .part)
    varint(UInt64(bytes.count))
    append(bytes)
  }

  /// The bytes of numbers, each little-endian.
  package mutating func floats(_ field: Int, _ values: [Float]) {
    key(field, .part)
    varint(UInt64(values.count * MemoryLayout<Float>.size))
    parts.append(.floats(values))
    count += values.count * MemoryLayout<Float>.size
  }

  /// The bytes of numbers, each little-endian.
  package mutating func integers(_ field: Int, _ values: [Int]) {
    bytes(field, values.flatMap { Self.littleEndian(UInt64(bitPattern: Int64($0))) })
  }

  /// The bytes of numbers, each little-endian, which is how `packed` fields hold them.
  package mutating func doubles(_ field: Int, _ values: [Double]) {
    bytes(field, values.flatMap { Self.littleEndian($0.bitPattern) })
  }

  /// A message within this one.
  package mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    write(&inner)
    key(field, .part)
    varint(UInt64(inner.count))
    for part in inner.parts {
      if case .bytes(let bytes) = part { append(bytes) } else { parts.append(part) }
    }
    count += inner.parts.reduce(0) { total, part in
      if case .floats(let values) = part {
        total + values.count * MemoryLayout<Float>.size
      } else {
        total
      }
    }
  }

  /// The whole message.
  package var data: Data {
    var data = Data(capacity: count)
    for part in parts {
      switch part {
      case .bytes(let bytes): data.append(contentsOf: bytes)
      // Every processor that this program runs on is little-endian.
      case .floats(let values): values.withUnsafeBytes { data.append(contentsOf: $0) }
      }
    }
    return data
  }

  // MARK: - The wire format

  private enum WireType: UInt64 {
    case varint = 0
    case bytes8 = 1
    case part = 2
    case bytes4 = 5
  }

  private mutating func key(_ field: Int, _ type: WireType) {
    varint(UInt64(field) << 3 | type.rawValue)
  }

  /// Groups of seven bits, the lowest first; the top bit of a byte says that more follow.
  private mutating func varint(_ value: UInt64) {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(bytes + [UInt8(rest)])
  }

  private mutating func append(_ bytes: [UInt8]) {
    count += bytes.count
    if case .bytes(var last)? = parts.last {
      parts.removeLast()
      last.append(contentsOf: bytes)
      parts.append(.bytes(last))
    } else {
      parts.append(.bytes(bytes))
    }
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
