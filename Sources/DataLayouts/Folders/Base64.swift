internal import Foundation

/// Bytes that a text file holds (RFC 4648).
enum Base64 {
  /// `nil` for what is none.
  static func bytes(_ text: String) -> [UInt8]? {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { Array($0) }
  }
}
