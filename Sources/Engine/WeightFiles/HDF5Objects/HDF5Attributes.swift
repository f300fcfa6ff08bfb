/// Reads attributes that hold texts or whole numbers.
struct HDF5Attributes {
  private let objects: HDF5Objects
  private let header: HDF5ObjectHeader

  init(of address: Int, _ objects: HDF5Objects) throws(Refusal) {
    try self.init(try HDF5ObjectHeader(at: address, objects), objects)
  }

  init(_ header: HDF5ObjectHeader, _ objects: HDF5Objects) throws(Refusal) {
    self.objects = objects
    self.header = header
    guard var body = header.message(.attributeInformation)?.body else { return }
    try body.skip(1)
    if try body.byte() & 1 != 0 { try body.skip(2) }
    guard try body.integer(UInt64.self) == HDF5Objects.undefined else {
      throw Refusal(
        "its HDF5 attributes are of a newer format than Keras writes",
        remedy: "save the weights again with Keras, or h5py.File(…, libver='earliest')")
    }
  }

  /// The one text of an attribute; `nil` where there is none of that name.
  func text(_ name: String) throws(Refusal) -> String? { try texts(name)?.first }

  /// All texts of an attribute, which Keras splits where it is long: `name0`, `name1`, ….
  func splitTexts(_ name: String) throws(Refusal) -> [String]? {
    if let texts = try texts(name) { return texts }
    guard var texts = try texts("\(name)0") else { return nil }
    var part = 1
    while let more = try self.texts("\(name)\(part)") {
      texts += more
      part += 1
    }
    return texts
  }

  /// The one number of an attribute of eight bytes; `nil` where there is none of that name.
  ///
  /// - Throws: where it holds something else, or counts below zero.
  func integer(_ name: String) throws(Refusal) -> Int? { try attribute(name)?.integer() }

  private func texts(_ name: String) throws(Refusal) -> [String]? {
    try attribute(name)?.texts(objects)
  }

  private func attribute(_ name: String) throws(Refusal) -> HDF5Attribute? {
    for message in header.messages where message.kind == .attribute {
      try objects.spend()
      let attribute = try HDF5Attribute(message.body)
      if attribute.name == name { return attribute }
    }
    return nil
  }
}

/// Bytes of a text that count as a step of reading.
private let textUnit = 64

private struct HDF5Attribute {
  let name: String
  private let type: ByteReader
  private let shape: ByteReader
  private let values: ByteReader

  init(_ body: ByteReader) throws(Refusal) {
    var body = body
    let version = try body.byte()
    guard (1...3).contains(version) else {
      throw Refusal.damaged("an HDF5 attribute in it is of the version \(version)")
    }
    let flags = try body.byte()
    guard version == 1 || flags & 3 == 0 else {
      throw Refusal("an HDF5 attribute in it has a type of its own")
    }
    let nameLength = try body.count(bytes: 2)
    let typeLength = try body.count(bytes: 2)
    let shapeLength = try body.count(bytes: 2)
    if version == 3 { try body.skip(1) }
    // The first version fills its parts up to eight bytes.
    let unit = version == 1 ? 8 : 1
    func filled(_ length: Int) -> Int { (length + unit - 1) / unit * unit }
    var nameBytes = try body.part(filled(nameLength))
    name = try nameBytes.textToZero()
    type = try body.part(filled(typeLength))
    shape = try body.part(filled(shapeLength))
    values = body
  }

  /// - Throws: where it does not hold one whole number of eight bytes.
  func integer() throws(Refusal) -> Int {
    guard try HDF5Type(type) == .number(.int64, isBigEndian: false),
      try Extent.count(of: try HDF5Shape.read(shape)) == 1
    else { throw Refusal.damaged("its HDF5 attribute '\(name)' is no whole number") }
    var values = values
    return try values.count()
  }

  /// - Throws: where it holds other things than texts.
  func texts(_ objects: HDF5Objects) throws(Refusal) -> [String] {
    let count = try Extent.count(of: try HDF5Shape.read(shape))
    // Keras writes an empty list as one of numbers.
    guard count > 0 else { return [] }
    var (values, texts) = (values, [String]())
    switch try HDF5Type(type) {
    case .text(let length) where length > 0:
      for _ in 0..<count {
        try objects.spend(1 + length / textUnit)
        var part = try values.part(length)
        let bytes = part.contents.bytes[part.range]
        texts.append(try part.text(bytes.firstIndex(of: 0).map { $0 - part.position } ?? length))
      }
    case .variableText:
      for _ in 0..<count {
        let length = try values.count(bytes: 4)
        // Many texts may be the same bytes of a heap.
        try objects.spend(1 + length / textUnit)
        let heap = try values.count()
        let index = try values.count(bytes: 4)
        var text = try HDF5GlobalHeap.object(index, at: heap, objects)
        texts.append(length == 0 ? "" : try text.text(length))
      }
    default: throw Refusal.damaged("its HDF5 attribute '\(name)' does not hold texts")
    }
    return texts
  }
}

/// A heap of texts and other things of any length.
private enum HDF5GlobalHeap {
  static func object(
    _ wanted: Int, at address: Int, _ objects: HDF5Objects
  ) throws(Refusal) -> ByteReader {
    var reader = try objects.reader(at: address)
    guard wanted > 0 else { return try reader.part(0) }
    guard reader.matches("GCOL".utf8) else { throw Refusal.damaged("an HDF5 heap is broken") }
    try reader.skip(4)
    var heap = try reader.part(max(0, try reader.count() - 16))
    while heap.remaining >= 16 {
      try objects.spend()
      let index = try heap.count(bytes: 2)
      try heap.skip(6)
      let length = try heap.count()
      let body = try heap.part(length)
      if index == wanted { return body }
      guard index > 0 else { break }
      try heap.skip(min(heap.remaining, (8 - length % 8) % 8))
    }
    throw Refusal.damaged("an HDF5 heap lacks a text")
  }
}
