package import Foundation

/// Writes files one after the other as a zip archive that stores them as they are (PKWARE's APPNOTE 6.3.10, with
/// the extensions for more than 4 GiB where it takes them). Equal files are equal bytes: no time is kept but the
/// earliest that the format has.
package struct ZipWriter {
  private let write: (Data) throws -> Void
  /// The first number that four bytes do not say.
  private let limit: Int
  private var offset = 0
  private var directory = Data()
  private var count = 0

  /// - Parameter write: takes the bytes of the archive in their order.
  package init(write: @escaping (Data) throws -> Void) { self.init(limit: 0xFFFF_FFFF, write) }

  init(limit: Int, _ write: @escaping (Data) throws -> Void) {
    (self.limit, self.write) = (limit, write)
  }

  /// - Parameter name: at most 65,535 bytes, parts with `/` between, of no other entry.
  package mutating func add(_ name: String, _ data: Data) throws {
    let entry = ZipEntryHeader(name, data, offset: offset, limit: limit)
    let header = entry.local
    try write(header)
    try write(data)
    offset += header.count + data.count
    directory.append(entry.central)
    count += 1
  }

  /// Writes the directory, behind which nothing follows.
  package func finish() throws {
    var end = ZipBytes()
    let isLarge = count >= 0xFFFF || offset >= limit || directory.count >= limit
    if isLarge {
      end.add(UInt32(0x0606_4B50))
      end.add(UInt64(44))
      end.add(UInt16(45), UInt16(45))
      end.add(UInt32(0), UInt32(0))
      end.add(UInt64(count), UInt64(count), UInt64(directory.count), UInt64(offset))
      end.add(UInt32(0x0706_4B50), UInt32(0))
      end.add(UInt64(offset + directory.count))
      end.add(UInt32(1))
    }
    end.add(UInt32(0x0605_4B50))
    let entries = isLarge ? UInt16.max : UInt16(count)
    end.add(UInt16(0), UInt16(0), entries, entries)
    end.add(
      isLarge ? UInt32.max : UInt32(directory.count), isLarge ? UInt32.max : UInt32(offset))
    end.add(UInt16(0))
    try write(directory)
    try write(end.data)
  }

  /// The whole archive.
  package static func data(of files: [(name: String, data: Data)]) -> Data {
    let archive = Collected()
    var writer = ZipWriter { archive.data.append($0) }
    do {
      for file in files { try writer.add(file.name, file.data) }
      try writer.finish()
    } catch {
      preconditionFailure("memory takes all bytes: \(error)")
    }
    return archive.data
  }

  private final class Collected {
    var data = Data()
  }
}

/// What an archive says of an entry, before its bytes and in the directory.
private struct ZipEntryHeader {
  private let name: [UInt8]
  private let size: Int
  private let offset: Int
  private let checksum: UInt32
  private let limit: Int

  init(_ name: String, _ data: Data, offset: Int, limit: Int) {
    self.name = Array(name.utf8)
    (size, self.offset, self.limit) = (data.count, offset, limit)
    checksum = CRC32.checksum(of: data)
  }

  var local: Data {
    var bytes = ZipBytes()
    bytes.add(UInt32(0x0403_4B50))
    add(to: &bytes, extra: large([size, size], where: size >= limit), in: .local)
    return bytes.data
  }

  var central: Data {
    var bytes = ZipBytes()
    bytes.add(UInt32(0x0201_4B50))
    bytes.add(version)
    add(to: &bytes, extra: large(largeNumbers, where: !largeNumbers.isEmpty), in: .central)
    return bytes.data
  }

  private enum Place { case local, central }

  private func add(to bytes: inout ZipBytes, extra: Data, in place: Place) {
    // The name is UTF-8; stored; midnight of the first of January 1980.
    bytes.add(version, UInt16(1 << 11), UInt16(0), UInt16(0), UInt16(1 << 5 | 1))
    bytes.add(checksum, short(size), short(size))
    bytes.add(UInt16(name.count), UInt16(extra.count))
    if place == .central {
      bytes.add(UInt16(0), UInt16(0), UInt16(0))
      bytes.add(UInt32(0), short(offset))
    }
    bytes.data.append(contentsOf: name)
    bytes.data.append(extra)
  }

  /// 4.5 where it takes the extensions for more than 4 GiB, else 2.0.
  private var version: UInt16 { largeNumbers.isEmpty ? 20 : 45 }

  /// What the directory says in eight bytes: both sizes, then the place.
  private var largeNumbers: [Int] {
    (size >= limit ? [size, size] : []) + (offset >= limit ? [offset] : [])
  }

  private func short(_ number: Int) -> UInt32 { number >= limit ? .max : UInt32(number) }

  private func large(_ numbers: [Int], where isNeeded: Bool) -> Data {
    guard isNeeded else { return Data() }
    var bytes = ZipBytes()
    bytes.add(UInt16(1), UInt16(8 * numbers.count))
    for number in numbers { bytes.add(UInt64(number)) }
    return bytes.data
  }
}

/// Numbers, the lowest byte first.
private struct ZipBytes {
  var data = Data()

  mutating func add<Number: FixedWidthInteger>(_ numbers: Number...) {
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }
  }
}
