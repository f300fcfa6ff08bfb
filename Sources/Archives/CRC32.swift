package import Foundation

/// The checksum of zip and PNG: the polynomial 0xEDB88320, reflected (ISO 3309).
package enum CRC32 {
  package static func checksum(of data: Data) -> UInt32 {
    data.withUnsafeBytes { checksum(of: $0) }
  }

  package static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    var checksum = UInt32.max
    table.withUnsafeBufferPointer { table in
      for byte in bytes {
        checksum = table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)] ^ (checksum >> 8)
      }
    }
    return ~checksum
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1)
    }
  }
}
