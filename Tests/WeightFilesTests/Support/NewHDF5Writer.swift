/// Writes HDF5 files in the format of HDF5 1.8, whose groups hold links as messages, with one text of
/// any length in a heap. The checksums, which the reader passes over, are zero.
struct NewHDF5Writer {
  private var file = Bytes([UInt8](repeating: 0, count: 48))

  /// - Returns: its address, as the other methods do.
  mutating func dataset(_ values: [Float], _ shape: [Int]) -> Int {
    let place = file.count
    file.add(Bytes.of(values))
    var layout = Bytes([3, 1])
    layout.add(UInt64(place))
    layout.add(UInt64(values.count * 4))
    return header([
      (0x01, Self.space(shape)), (0x03, Self.float), (0x05, [3, 10]), (0x08, layout.values),
    ])
  }

  mutating func group(_ members: [(String, Int)], text: (name: String, value: String)? = nil) -> Int
  {
    var messages: [(UInt8, [UInt8])] = [
      (0x02, [0, 0] + [UInt8](repeating: 0xFF, count: 16)), (0x0A, [0, 0]),
    ]
    if let text { messages.append((0x0C, attribute(text.name, text.value))) }
    for (name, address) in members {
      var link = Bytes([1, 0x10, 1, UInt8(name.utf8.count)])
      link.add(name)
      link.add(UInt64(address))
      messages.append((0x06, link.values))
    }
    return header(messages)
  }

  /// The file, with that group as `/`.
  mutating func finished(root: Int) -> [UInt8] {
    var start = Bytes([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 2, 8, 8, 0])
    start.add(UInt64(0))
    start.add(UInt64.max)
    start.add(UInt64(file.count))
    start.add(UInt64(root))
    start.add(UInt32(0))
    return start.values + file.values.dropFirst(48)
  }

  private mutating func attribute(_ name: String, _ value: String) -> [UInt8] {
    let heap = file.count
    file.add("GCOL")
    file.add([1, 0, 0, 0])
    file.add(UInt64(4096))
    file.add([1, 0, 1, 0, 0, 0, 0, 0])
    file.add(UInt64(value.utf8.count))
    file.add(value)
    file.add([UInt8](repeating: 0, count: heap + 4096 - file.count))
    let type: [UInt8] = [0x19, 1, 1, 0, 16, 0, 0, 0, 0x13, 0, 0, 0, 1, 0, 0, 0]
    var body = Bytes([3, 0])
    body.add(UInt16(name.utf8.count + 1))
    body.add(UInt16(type.count))
    body.add(UInt16(4))
    body.add([1])
    body.add(name)
    body.add([0])
    body.add(type)
    body.add([2, 0, 0, 0])
    body.add(UInt32(value.utf8.count))
    body.add(UInt64(heap))
    body.add(UInt32(1))
    return body.values
  }

  private mutating func header(_ messages: [(type: UInt8, body: [UInt8])]) -> Int {
    var content = Bytes()
    for message in messages {
      content.add([message.type])
      content.add(UInt16(message.body.count))
      content.add([0])
      content.add(message.body)
    }
    let place = file.count
    file.add("OHDR")
    file.add([2, 2])
    file.add(UInt32(content.count))
    file.add(content.values)
    file.add(UInt32(0))
    return place
  }

  private static func space(_ shape: [Int]) -> [UInt8] {
    var space = Bytes([2, UInt8(shape.count), 0, 1])
    for size in shape { space.add(UInt64(size)) }
    return space.values
  }

  /// Of 32 bits, little-endian.
  private static let float: [UInt8] = [
    0x11, 0x20, 0x1F, 0, 4, 0, 0, 0, 0, 0, 0x20, 0, 0x17, 8, 0, 0x17, 0x7F, 0, 0, 0,
  ]
}
