/// The fixed fields of a header, in either order of bytes.
struct HeaderBytes {
  let bytes: [UInt8]
  var isBigEndian: Bool

  /// - Precondition: the field lies within the header.
  private func bits(_ offset: Int, _ count: Int) -> UInt64 {
    let field = bytes[offset..<offset + count]
    let ordered = isBigEndian ? Array(field) : field.reversed()
    return ordered.reduce(0) { $0 << 8 | UInt64($1) }
  }

  func int16(_ offset: Int) -> Int { Int(Int16(truncatingIfNeeded: bits(offset, 2))) }
  func int32(_ offset: Int) -> Int { Int(Int32(truncatingIfNeeded: bits(offset, 4))) }
  func int64(_ offset: Int) -> Int { Int(truncatingIfNeeded: bits(offset, 8)) }
  func float(_ offset: Int) -> Double {
    Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits(offset, 4))))
  }
  func double(_ offset: Int) -> Double { Double(bitPattern: bits(offset, 8)) }
  func text(_ offset: Int, _ count: Int) -> String {
    String(decoding: bytes[offset..<offset + count].prefix { $0 != 0 }, as: UTF8.self)
  }
}
