internal import Foundation
internal import Groundwork

/// A value of JSON, as descriptions of arrays hold it.
enum JSONValue: Decodable {
  case null
  case truth(Bool)
  case integer(Int64)
  case natural(UInt64)
  case real(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? value.decode(Int64.self) {
      self = .integer(number)
    } else if let number = try? value.decode(UInt64.self) {
      self = .natural(number)
    } else if let number = try? value.decode(Double.self) {
      self = .real(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONValue].self))
    }
  }

  /// - Returns: `nil` where there is no such file.
  /// - Throws: ``ImageError`` where it cannot be read or is no object.
  static func file(_ path: String) throws(ImageError) -> [String: JSONValue]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let file = try PlainBytes(path)
    let name = (path as NSString).lastPathComponent
    guard file.count <= most else {
      throw ImageError("has a \(name) of more than \(most >> 20) MiB")
    }
    let bytes = try file.bytes(at: 0, file.count)
    guard
      let object = try? JSONDecoder().decode([String: JSONValue].self, from: Data(lenient(bytes)))
    else {
      throw ImageError(
        "has a \(name) that is no JSON: the store is damaged, put a sound copy in its place")
    }
    return object
  }

  /// Python writes NaN and Infinity without quotes, which is no JSON.
  private static func lenient(_ bytes: [UInt8]) -> [UInt8] {
    guard var text = String(validating: bytes, as: UTF8.self) else { return bytes }
    for word in ["-Infinity", "Infinity", "NaN"] {
      text = text.replacing(": \(word)", with: ": \"\(word)\"")
    }
    return Array(text.utf8)
  }

  /// Descriptions hold attributes of any kind, but no images.
  private static let most = 16 << 20

  subscript(key: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }

  subscript(index: Int) -> JSONValue? {
    guard case .list(let list) = self, list.indices.contains(index) else { return nil }
    return list[index]
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var list: [JSONValue]? { if case .list(let list) = self { list } else { nil } }

  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .natural(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }

  /// Whole numbers alone.
  var integers: [Int]? {
    guard let list else { return nil }
    let found = list.compactMap {
      if case .integer(let number) = $0 { Int(exactly: number) } else { nil }
    }
    return found.count == list.count ? found : nil
  }
}
