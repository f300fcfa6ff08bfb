/// Builds the bytes of a file.
struct Bytes {
  private(set) var values: [UInt8] = []

  init(_ values: [UInt8] = []) { self.values = values }

  var count: Int { values.count }

  mutating func add(_ bytes: some Sequence<UInt8>) { values.append(contentsOf: bytes) }
  mutating func add(_ text: String) { values.append(contentsOf: text.utf8) }

  /// Little-endian.
  mutating func add<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { values.append(contentsOf: $0) }
  }

  static func of(_ numbers: [Float]) -> [UInt8] {
    var bytes = Bytes()
    for number in numbers { bytes.add(number.bitPattern) }
    return bytes.values
  }

  static func of(_ numbers: [Double]) -> [UInt8] {
    var bytes = Bytes()
    for number in numbers { bytes.add(number.bitPattern) }
    return bytes.values
  }
}
