/// The checksum of TensorFlow's records: CRC-32C (Castagnoli, 1993), and the same masked, so that a record
/// that holds records does not check itself.
package enum CRC32C {
  package static func masked(_ bytes: [UInt8]) -> UInt32 {
    let crc = value(of: bytes)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  package static func value(of bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    bytes.withUnsafeBufferPointer { bytes in
      table.withUnsafeBufferPointer { table in
        for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
      }
    }
    return ~crc
  }

  /// The remainder of every byte, the lowest bit first.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1 }
  }
}
