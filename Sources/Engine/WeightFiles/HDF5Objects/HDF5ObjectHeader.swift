/// The messages that describe a group or dataset.
struct HDF5ObjectHeader {
  struct Message {
    let kind: Kind
    /// Whether its content lies elsewhere.
    let isShared: Bool
    let body: ByteReader
  }

  /// Those that this reader knows, by number.
  enum Kind: Int {
    case dataspace = 0x01
    case linkInformation = 0x02
    case datatype = 0x03
    case link = 0x06
    case externalFiles = 0x07
    case layout = 0x08
    case attribute = 0x0C
    case continuation = 0x10
    case symbolTable = 0x11
    case attributeInformation = 0x15
  }

  private(set) var messages: [Message] = []

  init(at address: Int, _ objects: HDF5Objects) throws(Refusal) {
    var reader = try objects.reader(at: address)
    var blocks = [try Self.firstBlock(&reader)]
    let isNew = blocks[0].isNew
    while var block = blocks.popLast() {
      try objects.spend()
      while let message = try block.next() {
        try objects.spend()
        guard message.kind == .continuation else {
          messages.append(message)
          continue
        }
        var body = message.body
        let (start, length) = (try body.count(), try body.count())
        var part = try objects.reader(at: start)
        blocks.append(
          try isNew
            ? block.continued(try part.part(length)) : Block(reader: try part.part(length)))
      }
    }
  }

  func message(_ kind: Kind) -> Message? { messages.first { $0.kind == kind } }

  private static func firstBlock(_ reader: inout ByteReader) throws(Refusal) -> Block {
    if reader.matches("OHDR".utf8) {
      guard try reader.byte() == 2 else { throw damaged }
      let flags = try reader.byte()
      if flags & 0x20 != 0 { try reader.skip(16) }
      if flags & 0x10 != 0 { try reader.skip(4) }
      let length = try reader.count(bytes: 1 << Int(flags & 3))
      return Block(
        reader: try reader.part(length), isNew: true, hasOrder: flags & 0x04 != 0)
    }
    guard try reader.byte() == 1 else { throw damaged }
    try reader.skip(7)
    let length = try reader.count(bytes: 4)
    try reader.skip(4)
    return Block(reader: try reader.part(length))
  }

  private static var damaged: Refusal { .damaged("an HDF5 object header in it is broken") }

  /// Messages that lie behind one another.
  private struct Block {
    var reader: ByteReader
    /// Whether they are of the format of HDF5 1.8.
    var isNew = false
    /// Whether each says when it was made.
    var hasOrder = false

    mutating func next() throws(Refusal) -> Message? {
      while reader.remaining >= (isNew ? (hasOrder ? 6 : 4) : 8) {
        let kind = Kind(rawValue: try reader.count(bytes: isNew ? 1 : 2))
        let length = try reader.count(bytes: 2)
        let flags = try reader.byte()
        try reader.skip(isNew ? (hasOrder ? 2 : 0) : 3)
        let body = try reader.part(length)
        guard let kind else { continue }
        return Message(kind: kind, isShared: flags & 0x02 != 0, body: body)
      }
      return nil
    }

    /// The block to which a message of this one leads: a signature, messages, and a checksum.
    func continued(_ part: ByteReader) throws(Refusal) -> Block {
      var part = part
      guard part.matches("OCHK".utf8), part.remaining >= 4 else { throw damaged }
      return Block(reader: try part.part(part.remaining - 4), isNew: true, hasOrder: hasOrder)
    }
  }
}
