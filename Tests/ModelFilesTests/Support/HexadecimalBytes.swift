import Foundation

/// The bytes that a text writes in hexadecimal.
func bytes(_ text: String) -> Data {
  Data(text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) })
}
