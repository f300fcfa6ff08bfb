internal import Foundation

/// The JSON files of a record: pretty, keys sorted, with the `version` of the layout.
enum RecordJSON {
  static let version = 1

  static func encode(_ content: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try encoder.encode(Versioned(content: content)) + Data("\n".utf8)
    } catch {
      preconditionFailure("records are JSON objects: \(error)")
    }
  }

  /// - Parameter path: for the error.
  static func decode<Content: Decodable>(
    _ type: Content.Type, _ bytes: Data, path: String
  ) throws(StoreError) -> Content {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      let found = try decoder.decode(Version.self, from: bytes).version
      guard found == version else {
        throw StoreError.damaged(
          path: path, reason: "it has version \(found), this program reads version \(version)")
      }
      return try decoder.decode(Content.self, from: bytes)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.damaged(path: path, reason: "it is not the JSON that was written")
    }
  }

  private struct Version: Codable {
    var version: Int
  }

  /// The keys of the content and `version`, side by side.
  private struct Versioned<Content: Encodable>: Encodable {
    let content: Content

    func encode(to encoder: any Encoder) throws {
      try content.encode(to: encoder)
      try Version(version: RecordJSON.version).encode(to: encoder)
    }
  }
}
