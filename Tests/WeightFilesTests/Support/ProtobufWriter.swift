/// Writes messages of Protocol Buffers.
enum Protobuf {
  static func varint(_ number: Int) -> [UInt8] {
    var (rest, bytes) = (UInt64(bitPattern: Int64(number)), [UInt8]())
    repeat {
      bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return bytes
  }

  static func integer(_ field: Int, _ value: Int) -> [UInt8] { varint(field << 3) + varint(value) }

  static func part(_ field: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(field << 3 | 2) + varint(bytes.count) + bytes
  }

  static func text(_ field: Int, _ text: String) -> [UInt8] { part(field, Array(text.utf8)) }

  /// Each number behind a key of its own.
  static func unpacked(_ field: Int, _ numbers: [Float]) -> [UInt8] {
    numbers.flatMap { varint(field << 3 | 5) + Bytes.of([$0]) }
  }
}

/// Writes the messages of a `.caffemodel`.
enum Caffe {
  static func blob(_ values: [Float], _ shape: [Int]) -> [UInt8] {
    Protobuf.part(5, Bytes.of(values)) + Self.shape(shape)
  }

  static func shape(_ shape: [Int]) -> [UInt8] {
    Protobuf.part(7, Protobuf.part(1, shape.flatMap(Protobuf.varint)))
  }

  static func oldShape(_ shape: [Int]) -> [UInt8] {
    shape.enumerated().flatMap { Protobuf.integer($0 + 1, $1) }
  }

  static func layer(_ name: String, _ type: String, _ blobs: [[UInt8]]) -> [UInt8] {
    Protobuf.part(
      100,
      Protobuf.text(1, name) + Protobuf.text(2, type) + Protobuf.text(3, "data")
        + blobs.flatMap { Protobuf.part(7, $0) })
  }

  static func oldLayer(_ name: String, _ type: Int, _ blobs: [[UInt8]]) -> [UInt8] {
    Protobuf.part(
      2,
      Protobuf.text(4, name) + Protobuf.integer(5, type) + blobs.flatMap { Protobuf.part(6, $0) })
  }

  static func network(_ layers: [UInt8]...) -> [UInt8] {
    Protobuf.text(1, "network") + layers.flatMap { $0 }
  }
}
