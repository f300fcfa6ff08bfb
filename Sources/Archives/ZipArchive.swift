/// The entries of a zip archive that stores them as they are (PKWARE's APPNOTE 6.3.10), as those of PyTorch and
/// Keras and packed runs do; what is compressed is refused, and with it whatever grows when it is unpacked.
///
/// It trusts no byte: every place lies in the archive, and no two entries share a byte.
package struct ZipArchive {
  /// The places of the entries' bytes, by name.
  package private(set) var entries: [String: Range<Int>] = [:]
  /// In the order of the directory.
  package private(set) var names: [String] = []
  /// What the directory says of the entries' bytes, by name.
  package private(set) var checksums: [String: UInt32] = [:]

  package static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let maximumCount = 200_000

  /// - Parameter bytes: of the whole archive.
  package init(_ bytes: UnsafeRawBufferPointer) throws(ZipRefusal) {
    let directory = try ZipDirectory(bytes)
    var reader = ZipReader(bytes, directory.place)
    for _ in 0..<directory.count {
      let entry = try ZipEntry(&reader)
      guard entries[entry.name] == nil else {
        throw ZipRefusal("two entries of the archive are called '\(entry.name)'")
      }
      names.append(entry.name)
      entries[entry.name] = try entry.place(in: bytes, before: directory.place.lowerBound)
      checksums[entry.name] = entry.checksum
    }
    try requireDisjoint()
  }

  private func requireDisjoint() throws(ZipRefusal) {
    let sorted = entries.sorted {
      ($0.value.lowerBound, $0.value.upperBound, $0.key)
        < ($1.value.lowerBound, $1.value.upperBound, $1.key)
    }
    for (before, after) in zip(sorted, sorted.dropFirst())
    where after.value.lowerBound < before.value.upperBound {
      throw ZipRefusal("'\(before.key)' and '\(after.key)' share bytes of the archive")
    }
  }

  /// The directory at an archive's end, which lists its entries.
  private struct ZipDirectory {
    let place: Range<Int>
    let count: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(ZipRefusal) {
      guard let end = Self.end(bytes) else { throw ZipRefusal.truncated }
      var reader = ZipReader(bytes, end..<bytes.count)
      try reader.skip(10)
      var count = try reader.count(bytes: 2)
      var length = try reader.count(bytes: 4)
      var start = try reader.count(bytes: 4)
      if count == 0xFFFF || length == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
        let large = try Self.large(bytes, end: end)
      {
        (count, length, start) = large
      }
      guard count <= ZipArchive.maximumCount else {
        throw ZipRefusal("the archive claims \(count) entries")
      }
      guard start <= end, length <= end - start else {
        throw ZipRefusal("the archive's directory lies outside of it")
      }
      place = start..<(start + length)
      self.count = count
    }

    /// Where the record at the end begins: its comment, of up to 65,535 bytes, ends with the file.
    private static func end(_ bytes: UnsafeRawBufferPointer) -> Int? {
      let length = 22
      guard bytes.count >= length else { return nil }
      let last = bytes.count - length
      for start in stride(from: last, through: max(0, last - 0xFFFF), by: -1) {
        var reader = ZipReader(bytes, start..<bytes.count)
        guard reader.matches([0x50, 0x4B, 0x05, 0x06]), (try? reader.skip(16)) != nil,
          let comment = try? reader.count(bytes: 2), comment == reader.remaining
        else { continue }
        return start
      }
      return nil
    }

    /// What the record for more than 4 GiB says; `nil` where there is none.
    private static func large(
      _ bytes: UnsafeRawBufferPointer, end: Int
    ) throws(ZipRefusal) -> (count: Int, length: Int, start: Int)? {
      guard end >= 20 else { return nil }
      var locator = ZipReader(bytes, (end - 20)..<end)
      guard locator.matches([0x50, 0x4B, 0x06, 0x07]) else { return nil }
      try locator.skip(4)
      let start = try locator.count()
      guard start <= end else {
        throw ZipRefusal("the archive's directory lies outside of it")
      }
      var record = ZipReader(bytes, start..<end)
      guard record.matches([0x50, 0x4B, 0x06, 0x06]) else {
        throw ZipRefusal("the archive has no directory where it says")
      }
      try record.skip(28)
      return (try record.count(), try record.count(), try record.count())
    }
  }
}

/// An entry as the directory of an archive describes it.
private struct ZipEntry {
  let name: String
  let checksum: UInt32
  private var size: Int
  private var storedSize: Int
  /// Where its own header begins.
  private var start: Int

  init(_ reader: inout ZipReader) throws(ZipRefusal) {
    guard reader.matches([0x50, 0x4B, 0x01, 0x02]) else {
      throw ZipRefusal("the archive's directory is broken")
    }
    try reader.skip(4)
    let flags = try reader.integer(UInt16.self)
    let method = try reader.integer(UInt16.self)
    try reader.skip(4)
    checksum = try reader.integer(UInt32.self)
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
      throw ZipRefusal("its entry '\(name)' is encrypted", remedy: "store it without a password")
    }
    try readLargeSizes(&extra)
    guard method == 0, size == storedSize else {
      throw ZipRefusal(
        "its entry '\(name)' is compressed", remedy: "unpack it and pack it again with zip -0 -r")
    }
  }

  /// What does not fit into four bytes stands in an extra field of the type 1.
  private mutating func readLargeSizes(_ extra: inout ZipReader) throws(ZipRefusal) {
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
  func place(in bytes: UnsafeRawBufferPointer, before end: Int) throws(ZipRefusal) -> Range<Int> {
    guard start <= end else { throw ZipRefusal("'\(name)' lies outside of the archive") }
    var reader = ZipReader(bytes, start..<end)
    guard reader.matches(ZipArchive.signature) else {
      throw ZipRefusal("'\(name)' is not where the archive's directory says")
    }
    try reader.skip(22)
    let nameLength = try reader.count(bytes: 2)
    let extraLength = try reader.count(bytes: 2)
    try reader.skip(nameLength + extraLength)
    return try reader.range(size)
  }
}
