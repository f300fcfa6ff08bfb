/// Reads a part of an archive from its beginning to its end. What would lie behind the end is a
/// ``ZipRefusal``.
struct ZipReader {
  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private let end: Int

  /// - Parameter range: lies in the bytes.
  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    (self.bytes, position, end) = (bytes, range.lowerBound, range.upperBound)
  }

  var remaining: Int { end - position }

  /// The place of the next bytes, which are passed over.
  mutating func range(_ count: Int) throws(ZipRefusal) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw ZipRefusal.truncated }
    defer { position += count }
    return position..<(position + count)
  }

  mutating func skip(_ count: Int) throws(ZipRefusal) { _ = try range(count) }

  /// A reader of the next bytes alone, which are passed over.
  mutating func part(_ count: Int) throws(ZipRefusal) -> ZipReader {
    ZipReader(bytes, try range(count))
  }

  mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(ZipRefusal) -> Value {
    let place = try range(MemoryLayout<Value>.size).lowerBound
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Value.self))
  }

  /// So many bytes that count something: nothing is counted beyond `Int.max`.
  mutating func count(bytes width: Int = 8) throws(ZipRefusal) -> Int {
    switch width {
    case 2: return Int(try integer(UInt16.self))
    case 4: return Int(try integer(UInt32.self))
    default:
      guard let value = Int(exactly: try integer(UInt64.self)) else { throw ZipRefusal.truncated }
      return value
    }
  }

  mutating func text(_ count: Int) throws(ZipRefusal) -> String {
    let text = UnsafeRawBufferPointer(rebasing: bytes[try range(count)])
    guard let text = String(validating: text, as: UTF8.self) else {
      throw ZipRefusal("a text in it is not UTF-8")
    }
    return text
  }

  /// Whether the next bytes are these; they are passed over if so.
  mutating func matches(_ expected: [UInt8]) -> Bool {
    guard expected.count <= remaining,
      bytes[position..<(position + expected.count)].elementsEqual(expected)
    else { return false }
    position += expected.count
    return true
  }
}
