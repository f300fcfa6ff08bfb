internal import Foundation

extension IndexFile {
  /// The bytes of a file with these contents.
  static func encode(_ contents: IndexContents) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var head = Data()
    for run in contents.runs {
      for number in [run.experiment, run.id, run.files, run.table, run.row, 0] { head.add(number) }
      head.add(run.stamp)
    }
    let schemas = try contents.tables.map { try encoder.encode($0.schema) }
    var starts: [UInt32] = [0]
    var texts = Data()
    for text in contents.texts {
      texts.append(contentsOf: text.utf8)
      starts.append(UInt32(texts.count))
    }
    let tablesLength = schemas.reduce(0) { $0 + 24 + $1.count }
    let headLength = head.count + tablesLength + 4 * starts.count + texts.count
    var offset = headerLength + headLength
    for (table, schema) in zip(contents.tables, schemas) {
      head.add(UInt64(schema.count))
      head.add(UInt64(table.rowCount))
      head.add(UInt64(offset))
      head.append(schema)
      offset += table.schema.cellCount * 8 * (table.rowCount + 1)
    }
    for start in starts { head.add(start) }
    head.append(texts)
    var file = Data(capacity: offset)
    let header: [UInt64] = [
      magic, layoutHash, UInt64(contents.runs.count), UInt64(contents.tables.count),
      UInt64(contents.texts.count), UInt64(head.count), checksum(head), UInt64(offset),
    ]
    for word in header { file.add(word) }
    file.append(head)
    for table in contents.tables {
      for column in table.columns {
        let bytes = column.withUnsafeBytes { Data($0) }
        file.append(bytes)
        file.add(checksum(bytes))
      }
    }
    return file
  }
}

extension Data {
  fileprivate mutating func add(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}

/// Reads the head of an index, which may be anything.
struct HeadReader {
  private let bytes: Data
  private var offset = 0

  init(_ bytes: Data) { self.bytes = bytes }

  mutating func runs(_ count: Int) -> [IndexContents.Run]? {
    guard count <= (bytes.count - offset) / 32 else { return nil }
    let runs = bytes.withUnsafeBytes { buffer in
      (0..<count).map { index in
        func number(_ field: Int) -> UInt32 {
          UInt32(
            littleEndian: buffer.loadUnaligned(
              fromByteOffset: 32 * index + 4 * field, as: UInt32.self))
        }
        return IndexContents.Run(
          experiment: number(0), id: number(1), files: number(2), table: number(3), row: number(4),
          stamp: UInt64(
            littleEndian: buffer.loadUnaligned(fromByteOffset: 32 * index + 24, as: UInt64.self)))
      }
    }
    offset += 32 * count
    return runs
  }

  mutating func tables(_ count: Int) -> [IndexFile.Table]? {
    var tables: [IndexFile.Table] = []
    for _ in 0..<count {
      guard let length: UInt64 = number(), let rows: UInt64 = number(),
        let place: UInt64 = number(), length <= UInt64(bytes.count - offset), rows < 1 << 32,
        place < 1 << 48
      else { return nil }
      let json = bytes[offset..<offset + Int(length)]
      offset += Int(length)
      guard let schema = try? JSONRecordDecoder().decode(IndexSchema.self, from: json) else {
        return nil
      }
      tables.append(IndexFile.Table(schema: schema, rowCount: Int(rows), offset: Int(place)))
    }
    return tables
  }

  mutating func texts(_ count: Int) -> (starts: [UInt32], bytes: Data)? {
    guard count < (bytes.count - offset) / 4 else { return nil }
    let starts = bytes.withUnsafeBytes { buffer in
      (0...count).map {
        UInt32(
          littleEndian: buffer.loadUnaligned(fromByteOffset: offset + 4 * $0, as: UInt32.self))
      }
    }
    offset += 4 * (count + 1)
    return (starts, bytes.subdata(in: offset..<bytes.count))
  }

  private mutating func number<Number: FixedWidthInteger>() -> Number? {
    let size = MemoryLayout<Number>.size
    guard offset + size <= bytes.count else { return nil }
    defer { offset += size }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }
}
