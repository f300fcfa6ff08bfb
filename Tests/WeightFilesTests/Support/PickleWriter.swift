/// Writes pickles of protocol 2.
struct PickleWriter {
  private(set) var bytes = Bytes([0x80, 2])

  /// An operation without an operand.
  mutating func add(_ operations: String) { bytes.add(operations) }

  mutating func global(_ module: String, _ name: String) { bytes.add("c\(module)\n\(name)\n") }

  mutating func text(_ text: String) {
    bytes.add("X")
    bytes.add(UInt32(text.utf8.count))
    bytes.add(text)
  }

  mutating func integer(_ value: Int) {
    if let short = Int32(exactly: value) {
      bytes.add("J")
      bytes.add(short)
    } else {
      bytes.add([0x8A, 8])
      bytes.add(Int64(value))
    }
  }

  mutating func bool(_ value: Bool) { bytes.add([value ? 0x88 : 0x89]) }

  mutating func tuple(_ values: [Int]) {
    add("(")
    for value in values { integer(value) }
    add("t")
  }

  mutating func dictionary(_ entries: (inout PickleWriter) -> Void) {
    global("collections", "OrderedDict")
    add(")R(")
    entries(&self)
    add("u")
  }

  mutating func tensor(
    _ name: String, _ type: String = "FloatStorage", key: String, elements: Int, offset: Int = 0,
    shape: [Int], strides: [Int]
  ) {
    text(name)
    global("torch._utils", "_rebuild_tensor_v2")
    add("((")
    text("storage")
    global("torch", type)
    text(key)
    text("cpu")
    integer(elements)
    add("tQ")
    integer(offset)
    tuple(shape)
    tuple(strides)
    bool(false)
    global("collections", "OrderedDict")
    add(")RtR")
  }

  /// The pickle of the only value on the stack.
  func finished() -> [UInt8] { bytes.values + [UInt8(ascii: ".")] }
}

/// Writes the two containers of PyTorch.
enum Torch {
  static func archive(
    _ pickle: PickleWriter, _ storages: [(key: String, bytes: [UInt8])],
    more: [(name: String, bytes: [UInt8])] = [], byteOrder: String = "little"
  ) -> [UInt8] {
    ZipWriter().archive(
      [("a/data.pkl", pickle.finished()), ("a/byteorder", Array(byteOrder.utf8))]
        + storages.map { ("a/data/\($0.key)", $0.bytes) } + more.map { ("a/\($0.name)", $0.bytes) }
        + [("a/version", Array("3\n".utf8))])
  }

  /// - Parameter storages: of four bytes a number.
  static func legacy(
    _ pickle: PickleWriter, _ storages: [(key: String, bytes: [UInt8])], isLittleEndian: Bool = true
  ) -> [UInt8] {
    var file = Bytes([
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ])
    file.add(".")
    var (version, facts, keys) = (PickleWriter(), PickleWriter(), PickleWriter())
    version.integer(1001)
    facts.add("}")
    facts.text("little_endian")
    facts.bool(isLittleEndian)
    facts.add("s")
    file.add(version.finished())
    file.add(facts.finished())
    file.add(pickle.finished())
    keys.add("](")
    for storage in storages { keys.text(storage.key) }
    keys.add("e")
    file.add(keys.finished())
    for storage in storages {
      file.add(UInt64(storage.bytes.count / 4))
      file.add(storage.bytes)
    }
    return file.values
  }
}
