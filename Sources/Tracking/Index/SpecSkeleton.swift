/// A spec as JSON taken apart: what runs of one sweep share, and the values that stand in it.
///
/// Texts are taken apart and put together letter by letter, whatever they are.
struct SpecSkeleton {
  /// The text with a mark in the place of every value.
  let text: String
  /// The values as they are written, texts with their quotation marks.
  let values: [String]

  private static let mark: UInt8 = 1

  init(of text: String) {
    var text = text
    (self.text, values) = text.withUTF8 { Self.take(apart: $0) }
  }

  /// The text of a skeleton with these values; `nil` where they are not as many as it has marks.
  static func text(_ skeleton: String, _ values: [String]) -> String? {
    guard !values.isEmpty else { return skeleton }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(skeleton.utf8.count + values.reduce(0) { $0 + $1.utf8.count })
    var next = values.makeIterator()
    for byte in skeleton.utf8 {
      if byte == mark {
        guard let value = next.next() else { return nil }
        bytes.append(contentsOf: value.utf8)
      } else {
        bytes.append(byte)
      }
    }
    return next.next() == nil ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func take(
    apart bytes: UnsafeBufferPointer<UInt8>
  ) -> (text: String, values: [String]) {
    // A text that has such letters itself has no others taken out.
    guard !bytes.contains(mark) else { return (String(decoding: bytes, as: UTF8.self), []) }
    var text: [UInt8] = []
    var values: [String] = []
    var place = 0
    while place < bytes.count {
      let end = endOfToken(bytes, place)
      let token = bytes[place..<end]
      if isValue(bytes, token) {
        text.append(mark)
        values.append(String(decoding: token, as: UTF8.self))
      } else {
        text.append(contentsOf: token)
      }
      place = end
    }
    return (String(decoding: text, as: UTF8.self), values)
  }

  /// Behind a text in quotation marks, a word or number, or a single other letter.
  private static func endOfToken(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start
    if bytes[start] == UInt8(ascii: "\"") {
      end += 1
      while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
        end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      return min(end + 1, bytes.count)
    }
    while end < bytes.count, isOfWord(bytes[end]) { end += 1 }
    return max(end, start + 1)
  }

  /// False for keys and for what stands between values.
  private static func isValue(
    _ bytes: UnsafeBufferPointer<UInt8>, _ token: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Bool {
    guard let first = token.first else { return false }
    guard first == UInt8(ascii: "\"") else { return isOfWord(first) }
    let next = bytes[token.endIndex...].first { $0 > UInt8(ascii: " ") }
    return next != UInt8(ascii: ":")
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
