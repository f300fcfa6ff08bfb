internal import Foundation

/// An index as bytes: a head that is read at once, and behind it the cells by column, of which only those
/// are read that somebody asks for. Head and columns carry checksums, so that bytes that are not those that
/// were written answer nothing.
final class IndexFile: @unchecked Sendable {
  let runs: [IndexContents.Run]
  let tables: [Table]
  private let texts: Texts
  private let storage: Storage
  private let lock = NSLock()
  private var columns: [Place: [UInt64]?] = [:]

  struct Table: Sendable {
    let schema: IndexSchema
    let rowCount: Int
    /// Of the first column.
    let offset: Int
  }

  private struct Place: Hashable {
    let table: Int
    let cell: Int
  }

  /// The texts behind each other, with the place where each begins.
  private struct Texts {
    let starts: [UInt32]
    let bytes: Data
  }

  /// Where the bytes are.
  enum Storage {
    case memory(Data)
    case file(FileDescriptorOwner)

    func read(_ range: Range<Int>) -> Data? {
      switch self {
      case .memory(let data):
        guard range.lowerBound >= 0, range.upperBound <= data.count else { return nil }
        return data.subdata(in: range)
      case .file(let file): return file.read(range)
      }
    }

    var count: Int {
      switch self {
      case .memory(let data): data.count
      case .file(let file): file.count
      }
    }
  }

  static let headerLength = 64
  static let magic: UInt64 = 0x3158_4449_5250_5845  // "EXPRIDX1"

  /// - Returns: `nil` where there is no such file, or not one that this program wrote.
  convenience init?(path: String) {
    guard let file = FileDescriptorOwner(path) else { return nil }
    self.init(.file(file))
  }

  init?(_ storage: Storage) {
    guard let header = storage.read(0..<Self.headerLength) else { return nil }
    let words = header.words
    guard words[0] == Self.magic, words[1] == Self.layoutHash, words[7] == UInt64(storage.count),
      words[2] <= 1 << 32, words[3] <= 1 << 24, words[4] <= 1 << 32,
      words[5] <= UInt64(storage.count),
      let head = storage.read(Self.headerLength..<Self.headerLength + Int(words[5])),
      Self.checksum(head) == words[6]
    else { return nil }
    var reader = HeadReader(head)
    guard let runs = reader.runs(Int(words[2])), let tables = reader.tables(Int(words[3])),
      let texts = reader.texts(Int(words[4]))
    else { return nil }
    self.runs = runs
    self.tables = tables
    self.texts = Texts(starts: texts.starts, bytes: texts.bytes)
    self.storage = storage
    guard
      runs.allSatisfy({ run in
        tables.indices.contains(Int(run.table)) && run.row < tables[Int(run.table)].rowCount
      })
    else { return nil }
  }

  func text(_ number: UInt32) -> String? {
    guard Int(number) + 1 < texts.starts.count else { return nil }
    let (start, end) = (Int(texts.starts[Int(number)]), Int(texts.starts[Int(number) + 1]))
    guard start <= end, end <= texts.bytes.count else { return nil }
    let base = texts.bytes.startIndex
    return String(decoding: texts.bytes[(base + start)..<(base + end)], as: UTF8.self)
  }

  /// The cells of a column by row; `nil` where its bytes are damaged.
  func column(_ table: Int, _ cell: Int) -> [UInt64]? {
    lock.lock()
    defer { lock.unlock() }
    let place = Place(table: table, cell: cell)
    if let known = columns[place] { return known }
    let read = readColumn(tables[table], cell)
    columns[place] = .some(read)
    return read
  }

  private func readColumn(_ table: Table, _ cell: Int) -> [UInt64]? {
    let length = 8 * (table.rowCount + 1)
    let start = table.offset + cell * length
    guard let bytes = storage.read(start..<start + length) else { return nil }
    var words = bytes.words
    guard Self.checksum(bytes.dropLast(8)) == words.removeLast() else { return nil }
    return words
  }

  static func checksum(_ bytes: Data) -> UInt64 {
    var hash = StableHash()
    bytes.withUnsafeBytes { hash.combine($0) }
    return hash.value
  }

  /// What another layout of cells would not have.
  static let layoutHash: UInt64 = {
    var hash = StableHash()
    hash.combine("5 \(IndexSchema.layout)")
    return hash.value
  }()
}

/// An open file, closed at the end.
final class FileDescriptorOwner: Sendable {
  private let descriptor: Int32
  let count: Int

  init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard let count = try? RecordFile.size(of: descriptor, path) else {
      close(descriptor)
      return nil
    }
    (self.descriptor, self.count) = (descriptor, count)
  }

  deinit { close(descriptor) }

  func read(_ range: Range<Int>) -> Data? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    var bytes = Data(count: range.count)
    var filled = 0
    while filled < range.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress! + filled, range.count - filled,
          off_t(range.lowerBound + filled))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      filled += got
    }
    return bytes
  }
}

extension Data {
  /// The bytes as little-endian words of 64 bits.
  fileprivate var words: [UInt64] {
    let count = count / 8
    return [UInt64](unsafeUninitializedCapacity: count) { words, filled in
      copyBytes(to: UnsafeMutableRawBufferPointer(words), count: 8 * count)
      for index in 0..<count { words[index] = UInt64(littleEndian: words[index]) }
      filled = count
    }
  }
}
