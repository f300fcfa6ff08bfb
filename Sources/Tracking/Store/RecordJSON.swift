internal import Digest
internal import Foundation

/// The JSON files of a record: pretty, keys sorted, with the `version` of the layout, the `program` that wrote it,
/// and with `file_sha256`, the digest of the file itself.
///
/// The digest is the SHA-256 of the file's bytes with zeros in the place of its own 64 digits.
enum RecordJSON {
  static let version = 3

  static func encode(_ content: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      var bytes = try encoder.encode(Versioned(content: content)) + Data("\n".utf8)
      if let place = digestPlace(in: bytes) {
        bytes.replaceSubrange(place, with: Data(SHA256.hex(of: bytes).utf8))
      }
      return bytes
    } catch {
      preconditionFailure("records are JSON objects: \(error)")
    }
  }

  /// - Parameters:
  ///   - path: for the error.
  ///   - isVouchedFor: whether the bytes are known to be those that were written.
  ///   - skipsTables: whether each ``LongTable`` is left out.
  ///   - migrations: how files of older versions are read.
  /// - Throws: ``StoreError/damaged(path:reason:)`` where the bytes are not those that were written,
  ///   or say what no record can; ``StoreError/newer(path:version:program:)``.
  static func decode<Content: Decodable>(
    _ type: Content.Type, _ bytes: Data, path: String, isVouchedFor: Bool = false,
    skipsTables: Bool = false, migrations: RecordMigrations = .standard
  ) throws(StoreError) -> Content {
    var decoder = JSONRecordDecoder()
    let content: Content
    do {
      // The digest is checked as soon as the version says how.
      decoder.userInfo[digestCheck] =
        { () throws(StoreError) in
          if !isVouchedFor { try checkDigest(of: bytes, path) }
        } as @Sendable () throws(StoreError) -> Void
      decoder.userInfo[.skipsLongTables] = skipsTables
      let read = try decoder.decode(VersionedContent<Content>.self, from: bytes)
      guard let found = read.content else {
        let migrated = try migrations.migrated(bytes, read.header, as: type, path: path)
        if !isVouchedFor { try checkDigest(of: bytes, path) }
        return try decode(
          type, migrated, path: path, isVouchedFor: true, skipsTables: skipsTables)
      }
      content = found
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.damaged(path: path, reason: "it is not the JSON that was written")
    }
    if let problem = (content as? any PlausibleRecord)?.problem {
      throw StoreError.damaged(path: path, reason: problem)
    }
    return content
  }

  /// The digest that the file carries, 64 hexadecimal digits; `nil` where it carries none.
  static func digest(in bytes: Data) -> String? {
    digestPlace(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  private static func checkDigest(of bytes: Data, _ path: String) throws(StoreError) {
    guard let digests = digests(in: bytes) else {
      throw StoreError.damaged(path: path, reason: "it carries no digest of itself")
    }
    guard digests.carried == digests.computed else {
      throw StoreError.damaged(path: path, reason: "its SHA-256 is not the one that it carries")
    }
  }

  /// The digest that the file carries, and the one that its bytes have; `nil` where it carries none.
  static func digests(in bytes: Data) -> (carried: String, computed: String)? {
    guard let place = digestPlace(in: bytes) else { return nil }
    var blank = bytes
    blank.replaceSubrange(place, with: Data(noDigest.utf8))
    return (String(decoding: bytes[place], as: UTF8.self), SHA256.hex(of: blank))
  }

  /// Where the digits of the file's own digest stand.
  private static func digestPlace(in bytes: Data) -> Range<Data.Index>? {
    guard let key = bytes.place(of: keyBeforeDigest) else { return nil }
    let place = key.upperBound..<key.upperBound + noDigest.utf8.count
    return place.upperBound <= bytes.endIndex ? place : nil
  }

  private static let digestKey = Versioned<Bool>.CodingKeys.digest.rawValue
  private static let keyBeforeDigest = Data("\"\(digestKey)\" : \"".utf8)
  private static let noDigest = String(repeating: "0", count: 64)

  private static let digestCheck = CodingUserInfoKey(rawValue: "digestCheck")!

  /// The content of a file of this version; `nil` of another.
  private struct VersionedContent<Content: Decodable>: Decodable {
    let header: RecordHeader
    let content: Content?

    init(from decoder: any Decoder) throws {
      header = try RecordHeader(from: decoder)
      guard header.version == RecordJSON.version else {
        content = nil
        return
      }
      let check = decoder.userInfo[digestCheck] as? @Sendable () throws(StoreError) -> Void
      try check?()
      content = try Content(from: decoder)
    }
  }

  /// The keys of the content and those of every file, side by side.
  private struct Versioned<Content: Encodable>: Encodable {
    let content: Content

    enum CodingKeys: String, CodingKey {
      case version, program
      case digest = "file_sha256"
    }

    func encode(to encoder: any Encoder) throws {
      try content.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(RecordJSON.version, forKey: .version)
      try container.encode(RecordingProgram.version, forKey: .program)
      try container.encode(RecordJSON.noDigest, forKey: .digest)
    }
  }
}

extension Data {
  /// Where these bytes stand first: what `range(of:)` says, in a tenth of its time for texts.
  fileprivate func place(of sought: Data) -> Range<Index>? {
    withUnsafeBytes { (bytes: UnsafeRawBufferPointer) -> Range<Index>? in
      sought.withUnsafeBytes { (sought: UnsafeRawBufferPointer) -> Range<Index>? in
        guard let start = bytes.baseAddress, let first = sought.first else { return nil }
        var offset = 0
        while offset + sought.count <= bytes.count {
          let rest = bytes.count - sought.count - offset + 1
          guard let found = memchr(start + offset, Int32(first), rest) else { return nil }
          offset = UnsafeRawPointer(found) - start
          if memcmp(found, sought.baseAddress!, sought.count) == 0 {
            return startIndex + offset..<startIndex + offset + sought.count
          }
          offset += 1
        }
        return nil
      }
    }
  }
}
