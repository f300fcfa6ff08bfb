internal import Foundation
internal import Groundwork

/// How an array of Zarr is stored.
struct ZarrMetadata {
  let shape: [Int]
  /// Of the chunks that are decompressed one at a time.
  let chunk: [Int]
  /// Of the files, in chunks along each axis: more than one where a file is a shard of several.
  var chunksPerFile: [Int]
  let number: StoredNumber
  var isBigEndian: Bool
  /// True where the first axis of a chunk is the fastest.
  let firstIsFastest: Bool
  /// One number of it, in the order of bytes of the file; zeros where nothing is said.
  let fill: [UInt8]
  /// What the bytes of a chunk went through, the last first.
  let codecs: [ZarrCodec]
  /// Where the index of a shard lies, and what that went through; `nil` where files are chunks.
  var shard: Shard?
  /// The name of a chunk's file in the folder of the array.
  let key: Key
  /// In lower case, `nil` where nothing is said.
  var names: [String]?

  struct Shard {
    let indexIsFirst: Bool
    let hasChecksum: Bool
  }

  struct Key {
    /// `c/0/0`
    let hasPrefix: Bool
    let separator: String

    func name(_ place: [Int]) -> String {
      let numbers = place.map(String.init)
      // An array without axes has one chunk.
      if numbers.isEmpty { return hasPrefix ? "c" : "0" }
      return ((hasPrefix ? ["c"] : []) + numbers).joined(separator: separator)
    }
  }

  /// - Returns: `nil` where no array is described there.
  /// - Throws: ``ImageError`` where the description is damaged or of an array that is not read.
  init?(_ folder: String) throws(ImageError) {
    if let description = try JSONValue.file("\(folder)/zarr.json") {
      guard description["node_type"]?.text == "array" else { return nil }
      try self.init(version3: description)
    } else if let description = try JSONValue.file("\(folder)/.zarray") {
      try self.init(version2: description)
      let attributes = try JSONValue.file("\(folder)/.zattrs")
      names = attributes?["_ARRAY_DIMENSIONS"]?.list?.map { ($0.text ?? "?").lowercased() }
    } else {
      return nil
    }
  }

  /// The attributes of a group; `nil` where no group is described there.
  static func groupAttributes(_ folder: String) throws(ImageError) -> [String: JSONValue]? {
    if let description = try JSONValue.file("\(folder)/zarr.json") {
      guard case .object(let attributes)? = description["attributes"] else { return [:] }
      return attributes
    }
    let attributes = try JSONValue.file("\(folder)/.zattrs")
    return try JSONValue.file("\(folder)/.zgroup") == nil ? attributes : attributes ?? [:]
  }

  private typealias Description = [String: JSONValue]

  private init(version2 description: Description) throws(ImageError) {
    (shape, chunk) = (
      try Self.extents(description["shape"]), try Self.extents(description["chunks"])
    )
    let type = description["dtype"]?.text ?? ""
    let kinds: [String: StoredNumber] = [
      "i1": .int8, "u1": .uint8, "b1": .uint8, "i2": .int16, "u2": .uint16, "i4": .int32,
      "u4": .uint32, "i8": .int64, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64,
    ]
    guard let number = kinds[String(type.dropFirst())] else {
      throw Self.unread("numbers of the kind \(type.isEmpty ? "?" : type.prefix(40).description)")
    }
    self.number = number
    isBigEndian = type.hasPrefix(">")
    if let filters = description["filters"], case .list(let all) = filters, let first = all.first {
      throw Self.unread("the filter \(first["id"]?.text ?? "?")")
    }
    firstIsFastest = description["order"]?.text == "F"
    switch description["compressor"] {
    case nil, .null: codecs = []
    case .some(let compressor): codecs = [try ZarrCodec(compressor["id"]?.text ?? "?")]
    }
    fill = try Self.fill(description["fill_value"], number, isBigEndian)
    key = Key(
      hasPrefix: false, separator: description["dimension_separator"]?.text == "/" ? "/" : ".")
    chunksPerFile = chunk.map { _ in 1 }
    try check()
  }

  private init(version3 description: Description) throws(ImageError) {
    shape = try Self.extents(description["shape"])
    let grid = description["chunk_grid"]
    guard grid?["name"]?.text == "regular" else {
      throw Self.unread("chunks of the kind \(grid?["name"]?.text ?? "?")")
    }
    var chunk = try Self.extents(grid?["configuration"]?["chunk_shape"])
    let type = description["data_type"]?.text ?? "?"
    let kinds: [String: StoredNumber] = [
      "bool": .uint8, "int8": .int8, "uint8": .uint8, "int16": .int16, "uint16": .uint16,
      "int32": .int32, "uint32": .uint32, "int64": .int64, "uint64": .uint64, "float16": .float16,
      "float32": .float32, "float64": .float64,
    ]
    guard let number = kinds[type] else {
      throw Self.unread("numbers of the kind \(type.prefix(40))")
    }
    self.number = number
    var all = description["codecs"]?.list ?? []
    chunksPerFile = chunk.map { _ in 1 }
    if all.count == 1, all[0]["name"]?.text == "sharding_indexed" {
      let sharding = all[0]["configuration"]
      let inner = try Self.extents(sharding?["chunk_shape"])
      guard inner.count == chunk.count, zip(inner, chunk).allSatisfy({ $0 > 0 && $1 % $0 == 0 })
      else {
        throw Self.damage("has shards of no whole number of chunks")
      }
      chunksPerFile = zip(chunk, inner).map { $0 / $1 }
      chunk = inner
      all = sharding?["codecs"]?.list ?? []
      let index = (sharding?["index_codecs"]?.list ?? []).map { $0["name"]?.text ?? "?" }
      guard index.allSatisfy({ ["bytes", "crc32c"].contains($0) }) else {
        throw Self.unread("a compressed index of shards")
      }
      shard = Shard(
        indexIsFirst: sharding?["index_location"]?.text == "start",
        hasChecksum: index.contains("crc32c"))
    }
    self.chunk = chunk
    var (codecs, order, isBig): ([ZarrCodec], Bool, Bool) = ([], false, false)
    for codec in all {
      switch codec["name"]?.text ?? codec.text ?? "?" {
      case "bytes", "endian": isBig = codec["configuration"]?["endian"]?.text == "big"
      case "transpose":
        let axes = codec["configuration"]?["order"]
        let isTurned = axes?.text == "F" || axes?.integers == shape.indices.reversed()
        guard isTurned || axes?.text == "C" || axes?.integers == Array(shape.indices) else {
          throw Self.unread("axes in another order within chunks")
        }
        order = order != isTurned
      case let name: codecs.append(try ZarrCodec(name))
      }
    }
    (self.codecs, firstIsFastest, isBigEndian) = (codecs, order, isBig)
    fill = try Self.fill(description["fill_value"], number, isBig)
    let encoding = description["chunk_key_encoding"]
    let isOld = encoding?["name"]?.text == "v2"
    key = Key(
      hasPrefix: !isOld,
      separator: encoding?["configuration"]?["separator"]?.text ?? (isOld ? "." : "/"))
    names = description["dimension_names"]?.list?.map { ($0.text ?? "?").lowercased() }
    try check()
  }

  var chunkBytes: Int { chunk.reduce(number.bytes, *) }

  /// Chunks of a file.
  var fileChunks: Int { chunksPerFile.reduce(1, *) }

  private func check() throws(ImageError) {
    guard shape.count == chunk.count, (2...8).contains(shape.count) else {
      throw Self.unread("\(shape.count) axes")
    }
    guard chunk.allSatisfy({ $0 > 0 }), shape.allSatisfy({ $0 >= 0 }) else {
      throw Self.damage("has an axis without extent")
    }
    func product(_ extents: [Int], _ first: Int, atMost most: Int) -> Bool {
      var all = first
      for extent in extents {
        let (product, overflow) = all.multipliedReportingOverflow(by: extent)
        guard !overflow, product <= most else { return false }
        all = product
      }
      return true
    }
    guard product(chunk, number.bytes, atMost: Self.largestChunk) else {
      throw ImageError(
        "is stored in chunks of \(chunk.map(String.init).joined(separator: "×")), more than "
          + "\(Self.largestChunk >> 20) MiB each: store it in smaller ones, best of one slice each")
    }
    guard product(chunksPerFile, 1, atMost: 1 << 24) else {
      throw Self.damage("has shards of too many chunks")
    }
    guard product(shape, number.bytes, atMost: 1 << 60) else { throw Self.damage("is too large") }
  }

  private static let largestChunk = 1 << 30

  private static func extents(_ value: JSONValue?) throws(ImageError) -> [Int] {
    guard let extents = value?.integers else {
      throw damage("has no shape or chunks of whole numbers")
    }
    return extents
  }

  private static func fill(
    _ value: JSONValue?, _ number: StoredNumber, _ isBigEndian: Bool
  ) throws(ImageError) -> [UInt8] {
    guard let bytes = number.bytes(of: value) else {
      throw damage("has a fill_value that is none of its numbers")
    }
    return isBigEndian ? bytes.reversed() : bytes
  }

  private static func unread(_ what: String) -> ImageError {
    ImageError(
      "holds \(what), which are not read: store it as plain numbers with gzip, zstd or blosc")
  }

  static func damage(_ what: String) -> ImageError {
    ImageError("\(what): the store is damaged, put a sound copy in its place")
  }
}

extension StoredNumber {
  /// The bytes of a number, the lowest first.
  ///
  /// - Returns: `nil` where it is no number, or none of these.
  fileprivate func bytes(of value: JSONValue?) -> [UInt8]? {
    func little(_ bits: UInt64) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }
    func real(_ number: Double) -> [UInt8] {
      switch self {
      case .float32: little(UInt64(Float(number).bitPattern))
      case .float64: little(number.bitPattern)
      default: little(UInt64(Self.half(number)))
      }
    }
    switch value {
    case nil, .null: return little(0)
    case .truth(let truth): return isReal ? nil : little(truth ? 1 : 0)
    case .text(let text):
      guard isReal else { return nil }
      let words = ["NaN": Double.nan, "Infinity": .infinity, "-Infinity": -.infinity]
      if let number = words[text] { return real(number) }
      guard text.hasPrefix("0x"), let bits = UInt64(text.dropFirst(2), radix: 16) else {
        return nil
      }
      return little(bits)
    case .integer(let number):
      if isReal { return real(Double(number)) }
      return little(UInt64(bitPattern: number))
    case .natural(let number): return isReal ? real(Double(number)) : little(number)
    case .real(let number):
      if isReal { return real(number) }
      return Int64(exactly: number).map { little(UInt64(bitPattern: $0)) }
    case .list, .object: return nil
    }
  }

  /// To the nearest number of half precision, of those between two to the even one.
  private static func half(_ number: Double) -> UInt16 {
    let sign: UInt16 = number.sign == .minus ? 0x8000 : 0
    if number.isNaN { return sign | 0x7E00 }
    let size = abs(number)
    if size >= 65520 { return sign | 0x7C00 }
    let exponent = max(-14, size == 0 ? -14 : Int(size.exponent))
    let scaled = (size * Double(sign: .plus, exponent: 10 - exponent, significand: 1))
      .rounded(.toNearestOrEven)
    // A carry goes on into the exponent.
    let base = exponent == -14 && scaled < 1024 ? 0 : (exponent + 14) << 10
    return sign | UInt16(base + Int(scaled))
  }
}
