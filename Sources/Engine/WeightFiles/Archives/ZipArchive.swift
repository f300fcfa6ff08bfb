/// The entries of a zip archive that stores them as they are (PKWARE's APPNOTE 6.3.10). The archives
/// of PyTorch and Keras do; what is compressed is refused.
struct ZipArchive {
  /// The places of the entries' bytes, by name.
  private(set) var entries: [String: Range<Int>] = [:]
  /// In the order of the directory.
  private(set) var names: [String] = []

  static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let maximumCount = 200_000

  init(_ contents: FileContents) throws(Refusal) {
    let directory = try ZipDirectory(contents)
    var reader = ByteReader(contents, directory.place)
    for _ in 0..<directory.count {
      let entry = try ZipEntry(&reader)
      guard entries[entry.name] == nil else {
        throw Refusal.damaged("two entries of the archive are called '\(entry.name)'")
      }
      names.append(entry.name)
      entries[entry.name] = try entry.place(in: contents, before: directory.place.lowerBound)
    }
  }

  /// The directory at an archive's end, which lists its entries.
  private struct ZipDirectory {
    let place: Range<Int>
    let count: Int

    init(_ contents: FileContents) throws(Refusal) {
      guard let end = Self.end(contents) else { throw Refusal.truncated }
      var reader = ByteReader(contents, end..<contents.count)
      try reader.skip(10)
      var count = try reader.count(bytes: 2)
      var length = try reader.count(bytes: 4)
      var start = try reader.count(bytes: 4)
      if count == 0xFFFF || length == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
        let large = try Self.large(contents, end: end)
      {
        (count, length, start) = large
      }
      guard count <= ZipArchive.maximumCount else {
        throw Refusal.damaged("the archive claims \(count) entries")
      }
      guard start <= end, length <= end - start else {
        throw Refusal.damaged("the archive's directory lies outside of it")
      }
      place = start..<(start + length)
      self.count = count
    }

    /// Where the record at the end begins: its comment, of up to 65,535 bytes, ends with the file.
    private static func end(_ contents: FileContents) -> Int? {
      let length = 22
      guard contents.count >= length else { return nil }
      let last = contents.count - length
      for start in stride(from: last, through: max(0, last - 0xFFFF), by: -1) {
        var reader = ByteReader(contents, start..<contents.count)
        guard reader.matches([0x50, 0x4B, 0x05, 0x06]), (try? reader.skip(16)) != nil,
          let comment = try? reader.count(bytes: 2), comment == reader.remaining
        else { continue }
        return start
      }
      return nil
    }

    /// What the record for more than 4 GiB says; `nil` where there is none.
    private static func large(
      _ contents: FileContents, end: Int
    ) throws(Refusal) -> (count: Int, length: Int, start: Int)? {
      guard end >= 20 else { return nil }
      var locator = ByteReader(contents, (end - 20)..<end)
      guard locator.matches([0x50, 0x4B, 0x06, 0x07]) else { return nil }
      try locator.skip(4)
      let start = try locator.count()
      guard start <= end else {
        throw Refusal.damaged("the archive's directory lies outside of it")
      }
      var record = ByteReader(contents, start..<end)
      guard record.matches([0x50, 0x4B, 0x06, 0x06]) else {
        throw Refusal.damaged("the archive has no directory where it says")
      }
      try record.skip(28)
      return (try record.count(), try record.count(), try record.count())
    }
  }
}

/// An entry as the directory of an archive describes it.
private struct ZipEntry {
  let name: String
  private var size: Int
  private var storedSize: Int
  /// Where its own header begins.
  private var start: Int

  init(_ reader: inout ByteReader) throws(Refusal) {
    guard reader.matches([0x50, 0x4B, 0x01, 0x02]) else {
      throw Refusal.damaged("the archive's directory is broken")
    }
    try reader.skip(4)
    let flags = try reader.integer(UInt16.self)
    let method = try reader.integer(UInt16.self)
    try reader.skip(8)
    storedSize = try reader.count(bytes: 4)
    size = try reader.count(bytes: 4)
    let nameLength = try reader.count(bytes: 2)
    let extraLength = try reader.count(bytes: 2)
    let commentLength = try reader.count(bytes: 2)
    try reader.skip(8)
    start = try reader.count(bytes: 4)
    name = try reader.text(nameLength)
    var extra = try reader.part(extraLength)
    try reader.skip(commentLength)
    guard flags & 1 == 0 else {
      throw Refusal("its entry '\(name)' is encrypted", remedy: "store it without a password")
    }
    try readLargeSizes(&extra)
    guard method == 0, size == storedSize else {
      throw Refusal(
        "its entry '\(name)' is compressed", remedy: "unpack it and pack it again with zip -0 -r")
    }
  }

  /// What does not fit into four bytes stands in an extra field of the type 1.
  private mutating func readLargeSizes(_ extra: inout ByteReader) throws(Refusal) {
    while extra.remaining >= 4 {
      let type = try extra.integer(UInt16.self)
      var field = try extra.part(try extra.count(bytes: 2))
      guard type == 1 else { continue }
      if size == 0xFFFF_FFFF { size = try field.count() }
      if storedSize == 0xFFFF_FFFF { storedSize = try field.count() }
      if start == 0xFFFF_FFFF { start = try field.count() }
    }
  }

  /// The place of its bytes, behind a header of its own that may be longer than the directory says.
  func place(in contents: FileContents, before end: Int) throws(Refusal) -> Range<Int> {
    guard start <= end else { throw Refusal.damaged("'\(name)' lies outside of the archive") }
    var reader = ByteReader(contents, start..<end)
    guard reader.matches(ZipArchive.signature) else {
      throw Refusal.damaged("'\(name)' is not where the archive's directory says")
    }
    try reader.skip(22)
    let nameLength = try reader.count(bytes: 2)
    let extraLength = try reader.count(bytes: 2)
    try reader.skip(nameLength + extraLength)
    return try reader.range(size)
  }
}
