/// An array of numbers in the bytes of an HDF5 file.
struct HDF5StoredDataset {
  let shape: [Int]
  let source: ValueSource

  /// - Parameter name: as errors say it.
  init(at address: Int, _ objects: HDF5Objects, named name: String) throws(Refusal) {
    do {
      try self.init(at: address, objects)
    } catch {
      throw Refusal("'\(name)': \(error.reason)", remedy: error.remedy)
    }
  }

  private init(at address: Int, _ objects: HDF5Objects) throws(Refusal) {
    let header = try HDF5ObjectHeader(at: address, objects)
    guard let layout = header.message(.layout) else { throw Refusal("it is no dataset") }
    guard let type = header.message(.datatype), let space = header.message(.dataspace),
      !type.isShared, !space.isShared, header.message(.externalFiles) == nil
    else { throw Refusal("its values are not where they are described") }
    shape = try HDF5Shape.read(space.body)
    let (number, isBigEndian) = try Self.number(try HDF5Type(type.body), header, objects)
    let count = try Extent.count(of: shape)
    let length = try Extent.multiply(count, number.size)
    var source = ValueSource(
      place: count == 0 ? 0..<0 : try Self.place(layout.body, length: length, objects),
      type: number, count: count)
    source.isBigEndian = isBigEndian
    self.source = source
  }

  private static func number(
    _ type: HDF5Type, _ header: HDF5ObjectHeader, _ objects: HDF5Objects
  ) throws(Refusal) -> (ElementType, isBigEndian: Bool) {
    switch type {
    case .number(let number, let isBigEndian): return (number, isBigEndian)
    // HDF5 has no such type of its own; Keras 3 says so in an attribute.
    case .opaque(size: 2) where try HDF5Attributes(header, objects).text("dtype") == "bfloat16":
      return (.bfloat16, false)
    default: throw Refusal("it holds no numbers")
    }
  }

  private static func place(
    _ layout: ByteReader, length: Int, _ objects: HDF5Objects
  ) throws(Refusal) -> Range<Int> {
    var layout = layout
    let version = try layout.byte()
    guard version == 3 || version == 4 else {
      throw Refusal("it is stored as HDF5 before 1.6.3 did", remedy: "copy the file with h5repack")
    }
    switch try layout.byte() {
    case 0:
      let stored = try layout.count(bytes: 2)
      guard stored >= length else { throw Refusal.truncated }
      return try layout.range(length)
    case 1:
      guard let address = try layout.count(orUndefined: HDF5Objects.undefined) else {
        throw Refusal.damaged("it has been described, but never written")
      }
      guard try layout.count() >= length else { throw Refusal.truncated }
      var values = try objects.reader(at: address)
      return try values.range(length)
    default:
      throw Refusal(
        "it is stored in chunks, which Keras does not do",
        remedy: "unpack it with h5repack -l CONTI -f NONE FILE COPY")
    }
  }
}
