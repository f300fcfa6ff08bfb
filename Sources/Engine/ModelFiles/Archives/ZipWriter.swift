package import Foundation

/// Files as the bytes of a zip archive that stores them as they are (PKWARE's APPNOTE, version 2.0). Equal
/// files are equal bytes: no time is kept but the earliest that the format has.
package enum ZipWriter {
  /// - Throws: ``ModelFileError`` where they are more than an archive without extensions holds.
  package static func data(of files: [(name: String, data: Data)]) throws(ModelFileError) -> Data {
    let limit = Int(UInt32.max)
    guard files.reduce(0, { $0 + $1.data.count + 512 }) < limit else {
      throw ModelFileError(
        "an archive holds \(limit) bytes, and the files are more",
        remedy: "export the network as onnx")
    }
    var archive = Data()
    var directory = Data()
    for file in files {
      let entry = Entry(file.name, file.data, offset: archive.count)
      archive.append(entry.header(.local))
      archive.append(file.data)
      directory.append(entry.header(.central))
    }
    let start = archive.count
    archive.append(directory)
    var end = Bytes()
    end.add(UInt32(0x0605_4b50))
    end.add(UInt16(0), UInt16(0), UInt16(files.count), UInt16(files.count))
    end.add(UInt32(directory.count), UInt32(start))
    end.add(UInt16(0))
    archive.append(end.data)
    return archive
  }

  private struct Entry {
    let name: [UInt8]
    let size: UInt32
    let checksum: UInt32
    let offset: UInt32

    enum Place { case local, central }

    init(_ name: String, _ data: Data, offset: Int) {
      self.name = Array(name.utf8)
      (size, checksum) = (UInt32(data.count), CRC32.checksum(of: data))
      self.offset = UInt32(offset)
    }

    func header(_ place: Place) -> Data {
      var bytes = Bytes()
      bytes.add(UInt32(place == .local ? 0x0403_4b50 : 0x0201_4b50))
      if place == .central { bytes.add(UInt16(20)) }
      // Version 2.0; the name is UTF-8; stored.
      bytes.add(UInt16(20), UInt16(1 << 11), UInt16(0))
      // Midnight of the first of January 1980.
      bytes.add(UInt16(0), UInt16(1 << 5 | 1))
      bytes.add(checksum, size, size)
      bytes.add(UInt16(name.count), UInt16(0))
      if place == .central {
        bytes.add(UInt16(0), UInt16(0), UInt16(0))
        bytes.add(UInt32(0), offset)
      }
      bytes.data.append(contentsOf: name)
      return bytes.data
    }
  }

  /// Numbers, the lowest byte first.
  private struct Bytes {
    var data = Data()

    mutating func add<Number: FixedWidthInteger>(_ numbers: Number...) {
      for number in numbers {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
      }
    }
  }
}

/// The checksum of zip and PNG: the polynomial 0xEDB88320, reflected (ISO 3309).
enum CRC32 {
  static func checksum(of data: Data) -> UInt32 {
    let table = table
    var checksum = UInt32.max
    data.withUnsafeBytes { bytes in
      table.withUnsafeBufferPointer { table in
        for byte in bytes {
          checksum = table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)] ^ (checksum >> 8)
        }
      }
    }
    return ~checksum
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1)
    }
  }
}
