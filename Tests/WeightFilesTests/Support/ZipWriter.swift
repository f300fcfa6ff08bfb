/// Writes zip archives that store their entries.
struct ZipWriter {
  /// As the directory says it; 8 is deflated.
  var method: UInt16 = 0
  var flags: UInt16 = 0

  func archive(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var (file, directory) = (Bytes(), Bytes())
    for (name, bytes) in entries {
      let start = UInt32(file.count)
      file.add([0x50, 0x4B, 3, 4, 20, 0])
      // As PyTorch does, sizes stand in the directory alone, and a field more fills up the header.
      file.add([UInt8](repeating: 0, count: 20))
      file.add(UInt16(name.utf8.count))
      file.add(UInt16(6))
      file.add(name)
      file.add([0x46, 0x42, 2, 0, 0x5A, 0x5A])
      file.add(bytes)
      directory.add([0x50, 0x4B, 1, 2, 20, 0, 20, 0])
      directory.add(flags)
      directory.add(method)
      directory.add([UInt8](repeating: 0, count: 8))
      directory.add(UInt32(bytes.count))
      directory.add(UInt32(bytes.count))
      directory.add(UInt16(name.utf8.count))
      directory.add([UInt8](repeating: 0, count: 12))
      directory.add(start)
      directory.add(name)
    }
    let start = UInt32(file.count)
    file.add(directory.values)
    file.add([0x50, 0x4B, 5, 6, 0, 0, 0, 0])
    file.add(UInt16(entries.count))
    file.add(UInt16(entries.count))
    file.add(UInt32(directory.count))
    file.add(start)
    file.add(UInt16(0))
    return file.values
  }
}
