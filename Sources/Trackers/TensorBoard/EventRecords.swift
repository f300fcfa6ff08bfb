internal import Foundation

/// The frame of a record in an event file: length, its checksum, the payload, its checksum, all
/// little-endian.
enum EventFrame {
  static func bytes(around payload: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(payload.count))
    return length + littleEndian(CRC32C.masked(length)) + payload
      + littleEndian(CRC32C.masked(payload))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

/// Reads the records of an event file one after the other.
///
/// A last record that was cut is what every writer leaves that is killed: it ends the file. A payload
/// whose checksum is wrong is left out; behind a wrong length nothing can be found any more.
struct EventRecordReader {
  private let source: ByteSource
  /// What is wrong with the file, a sentence each, with the place.
  private(set) var problems: [String] = []
  private var hasEnded = false

  init(_ source: ByteSource) { self.source = source }

  /// The payload of the next sound record; `nil` at the end.
  mutating func next() throws(TrackerError) -> [UInt8]? {
    while !hasEnded {
      let start = source.offset
      guard source.remaining > 0 else { break }
      guard let length = try source.read(8), let lengthCheck = try source.read(4) else {
        return truncated(at: start)
      }
      guard Self.number(lengthCheck) == CRC32C.masked(length) else {
        return end(
          "byte \(start): the checksum of a record's length is wrong; the "
            + "\(source.count - start) bytes from there on are not read")
      }
      let count = length.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let wanted = Int(exactly: count), wanted <= source.remaining else {
        return truncated(at: start)
      }
      guard wanted <= Self.longest else {
        return end(
          "byte \(start): a record has \(wanted) bytes, and no such record has more than "
            + "\(Self.longest); the bytes from there on are not read")
      }
      guard let payload = try source.read(wanted), let check = try source.read(4) else {
        return truncated(at: start)
      }
      if Self.number(check) == CRC32C.masked(payload) { return payload }
      note("byte \(start): the checksum of a record is wrong; it is left out")
    }
    return nil
  }

  private mutating func truncated(at start: Int) -> [UInt8]? {
    end("byte \(start): the last record was cut; \(source.count - start) bytes are left out")
  }

  private mutating func end(_ problem: String) -> [UInt8]? {
    hasEnded = true
    note(problem)
    return nil
  }

  private mutating func note(_ problem: String) {
    if problems.count < Self.mostProblems { problems.append("\(source.path): \(problem)") }
  }

  private static func number(_ bytes: [UInt8]) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// In bytes; Protocol Buffers end at 2³¹, and images are far smaller.
  private static let longest = 1 << 28
  private static let mostProblems = 100
}
