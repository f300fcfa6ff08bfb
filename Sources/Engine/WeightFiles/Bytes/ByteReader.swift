/// Reads a part of a file from its beginning to its end. Whatever would lie behind the end is a
/// ``Refusal``, before anything is allocated for it.
struct ByteReader {
  let contents: FileContents
  /// Where the next byte lies in the file.
  private(set) var position: Int
  /// Where the part ends in the file.
  let end: Int

  init(_ contents: FileContents) {
    self.init(contents, 0..<contents.count)
  }

  /// - Parameter range: lies in the file.
  init(_ contents: FileContents, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= contents.count)
    self.contents = contents
    position = range.lowerBound
    end = range.upperBound
  }

  var remaining: Int { end - position }
  /// The place of all that has not been read.
  var range: Range<Int> { position..<end }
  var isAtEnd: Bool { position == end }

  /// The place of the next bytes, which are passed over.
  mutating func range(_ count: Int) throws(Refusal) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw Refusal.truncated }
    defer { position += count }
    return position..<(position + count)
  }

  mutating func skip(_ count: Int) throws(Refusal) { _ = try range(count) }

  /// A reader of the next bytes alone, which are passed over.
  mutating func part(_ count: Int) throws(Refusal) -> ByteReader {
    ByteReader(contents, try range(count))
  }

  mutating func byte() throws(Refusal) -> UInt8 { contents.bytes[try range(1).lowerBound] }

  mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type, isBigEndian: Bool = false
  ) throws(Refusal) -> Value {
    let place = try range(MemoryLayout<Value>.size).lowerBound
    let value = contents.bytes.loadUnaligned(fromByteOffset: place, as: Value.self)
    return isBigEndian ? Value(bigEndian: value) : Value(littleEndian: value)
  }

  /// Eight bytes, or as many as given, that count something: nothing is counted beyond `Int.max`.
  mutating func count(bytes: Int = 8) throws(Refusal) -> Int {
    switch bytes {
    case 1: return Int(try byte())
    case 2: return Int(try integer(UInt16.self))
    case 4: return Int(try integer(UInt32.self))
    default:
      guard let value = Int(exactly: try integer(UInt64.self)) else { throw Refusal.truncated }
      return value
    }
  }

  /// Eight bytes that count something; `nil` for the number that stands for nothing.
  mutating func count(orUndefined undefined: UInt64) throws(Refusal) -> Int? {
    var ahead = self
    guard try ahead.integer(UInt64.self) != undefined else {
      self = ahead
      return nil
    }
    return try count()
  }

  /// A text that ends with a zero.
  mutating func textToZero() throws(Refusal) -> String {
    guard let length = contents.bytes[range].firstIndex(of: 0) else { throw Refusal.truncated }
    return try text(length - position)
  }

  /// - Throws: where the bytes are not UTF-8.
  mutating func text(_ count: Int) throws(Refusal) -> String {
    let bytes = UnsafeRawBufferPointer(rebasing: contents.bytes[try range(count)])
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Refusal.damaged("a text in it is not UTF-8")
    }
    return text
  }

  /// Whether the next bytes are these; they are passed over if so.
  mutating func matches(_ expected: some Collection<UInt8>) -> Bool {
    guard starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  func starts(with expected: some Collection<UInt8>) -> Bool {
    expected.count <= remaining
      && contents.bytes[position..<(position + expected.count)].elementsEqual(expected)
  }
}
