/// Reads comma-separated values after RFC 4180, a row at a time. Quoted fields may hold commas, quotes and
/// line breaks.
package struct CSVReader {
  private let source: ByteSource
  private var chunk: [UInt8] = []
  private var place = 0
  /// The line that the last row began at, from 1.
  package private(set) var line = 1
  private var nextLine = 1

  package init(_ source: ByteSource) { self.source = source }

  /// The fields of the next row; `nil` at the end.
  package mutating func next() throws(TrackerError) -> [String]? {
    var (fields, field): ([String], [UInt8]) = ([], [])
    var (isQuoted, hasContent) = (false, false)
    line = nextLine
    while let byte = try byte() {
      hasContent = true
      if byte == UInt8(ascii: "\n") { nextLine += 1 }
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        if try peek() == UInt8(ascii: "\"") {
          _ = try self.byte()
          field.append(byte)
        } else {
          isQuoted = false
        }
      case _ where isQuoted: field.append(byte)
      case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
      case UInt8(ascii: ","):
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        guard fields.count < Self.mostFields else {
          throw error("a row has more than \(Self.mostFields) fields")
        }
      case UInt8(ascii: "\r") where try peek() == UInt8(ascii: "\n"): break
      case UInt8(ascii: "\n"): return fields + [String(decoding: field, as: UTF8.self)]
      default: field.append(byte)
      }
      guard field.count <= Self.longestField else {
        throw error("a field has more than \(Self.longestField) bytes")
      }
    }
    guard !isQuoted else { throw error("a quoted field does not end") }
    return hasContent ? fields + [String(decoding: field, as: UTF8.self)] : nil
  }

  func error(_ reason: String) -> TrackerError {
    TrackerError("\(source.path):\(line)", reason, remedy: "write the file anew")
  }

  private mutating func byte() throws(TrackerError) -> UInt8? {
    guard let byte = try peek() else { return nil }
    place += 1
    return byte
  }

  private mutating func peek() throws(TrackerError) -> UInt8? {
    if place == chunk.count {
      chunk = try source.read(min(Self.chunkSize, source.remaining)) ?? []
      place = 0
    }
    return place < chunk.count ? chunk[place] : nil
  }

  private static let chunkSize = 1 << 18
  private static let mostFields = 1000
  private static let longestField = 1 << 24
}
