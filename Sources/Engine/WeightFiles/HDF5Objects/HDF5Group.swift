/// Lists the members of a group, which old files keep in a B-tree with a heap of names, and newer ones
/// as messages of the group's header. Links to other names and files are left out.
enum HDF5Group {
  static func members(of address: Int, _ objects: HDF5Objects) throws(Refusal) -> [HDF5Member] {
    let header = try HDF5ObjectHeader(at: address, objects)
    var members: [HDF5Member] = []
    for message in header.messages {
      switch message.kind {
      case .symbolTable:
        var body = message.body
        let (tree, heap) = (try body.count(), try body.count())
        let names = try heapOfNames(at: heap, objects)
        try readTree(at: tree, below: nil, names, objects, into: &members)
      case .link:
        if let member = try link(message.body) { members.append(member) }
      case .linkInformation: try requireFewLinks(message.body)
      default: break
      }
    }
    return members
  }

  // MARK: - Old groups

  private static func heapOfNames(
    at address: Int, _ objects: HDF5Objects
  ) throws(Refusal) -> ByteReader {
    var reader = try objects.reader(at: address)
    guard reader.matches("HEAP".utf8) else { throw damaged }
    try reader.skip(4)
    let length = try reader.count()
    try reader.skip(8)
    var names = try objects.reader(at: try reader.count())
    return try names.part(length)
  }

  /// - Parameter level: the level of the node above, which is higher by one.
  private static func readTree(
    at address: Int, below level: UInt8?, _ names: ByteReader, _ objects: HDF5Objects,
    into members: inout [HDF5Member]
  ) throws(Refusal) {
    try objects.spend()
    var reader = try objects.reader(at: address)
    guard reader.matches("TREE".utf8), try reader.byte() == 0 else { throw damaged }
    let ownLevel = try reader.byte()
    // So no node leads back to one above it, and trees of libhdf5 are never as high.
    guard ownLevel < level ?? maximumLevels else { throw damaged }
    let count = try reader.count(bytes: 2)
    try reader.skip(16)
    for _ in 0..<count {
      try reader.skip(8)
      let child = try reader.count()
      if ownLevel == 0 {
        try readNode(at: child, names, objects, into: &members)
      } else {
        try readTree(at: child, below: ownLevel, names, objects, into: &members)
      }
    }
  }

  private static func readNode(
    at address: Int, _ names: ByteReader, _ objects: HDF5Objects, into members: inout [HDF5Member]
  ) throws(Refusal) {
    try objects.spend()
    var reader = try objects.reader(at: address)
    guard reader.matches("SNOD".utf8) else { throw damaged }
    try reader.skip(2)
    for _ in 0..<(try reader.count(bytes: 2)) {
      try objects.spend()
      var name = names
      try name.skip(try reader.count())
      let address = try reader.count(orUndefined: HDF5Objects.undefined)
      let kind = try reader.integer(UInt32.self)
      try reader.skip(20)
      guard kind != softLink, let address else { continue }
      members.append(HDF5Member(name: try name.textToZero(), address: address))
    }
  }

  private static let softLink: UInt32 = 2
  private static let maximumLevels: UInt8 = 32

  // MARK: - New groups

  private static func link(_ body: ByteReader) throws(Refusal) -> HDF5Member? {
    var body = body
    guard try body.byte() == 1 else { throw damaged }
    let flags = try body.byte()
    let kind = flags & 0x08 == 0 ? 0 : try body.byte()
    if flags & 0x04 != 0 { try body.skip(8) }
    if flags & 0x10 != 0 { try body.skip(1) }
    let length = try body.count(bytes: 1 << Int(flags & 3))
    guard kind == 0 else { return nil }
    return HDF5Member(name: try body.text(length), address: try body.count())
  }

  /// Makes sure that the links are messages. Many, or with their order kept, they lie in a heap.
  private static func requireFewLinks(_ body: ByteReader) throws(Refusal) {
    var body = body
    try body.skip(1)
    if try body.byte() & 1 != 0 { try body.skip(8) }
    guard try body.integer(UInt64.self) == HDF5Objects.undefined else {
      throw Refusal(
        "its HDF5 groups are of a newer format than Keras writes",
        remedy: "save the weights again with Keras, or h5py.File(…, libver='earliest')")
    }
  }

  private static var damaged: Refusal { .damaged("an HDF5 group in it is broken") }
}
