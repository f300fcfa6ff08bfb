/// The type and the shape of what a dataset or an attribute holds.
enum HDF5Type: Equatable {
  case number(ElementType, isBigEndian: Bool)
  /// Of so many bytes, padded.
  case text(length: Int)
  /// Of any length, in a heap of the file.
  case variableText
  /// Bytes without a meaning, as h5py stores what HDF5 has no type for.
  case opaque(size: Int)
  case other

  init(_ body: ByteReader) throws(Refusal) {
    var body = body
    let kind = try body.byte() & 0x0F
    let bits = try body.byte()
    try body.skip(2)
    let size = try body.count(bytes: 4)
    let isBigEndian = bits & 1 != 0
    var number: ElementType?
    switch kind {
    case 0:
      let (offset, precision) = (try body.count(bytes: 2), try body.count(bytes: 2))
      if offset == 0, precision == size * 8 {
        number = Self.integer(size: size, isSigned: bits & 0x08 != 0)
      }
    case 1 where bits & 0x40 == 0:
      try body.skip(4)
      var layout: [UInt8] = []
      for _ in 0..<4 { layout.append(try body.byte()) }
      number = Self.real(size: size, layout)
    default: break
    }
    self =
      switch kind {
      case 0, 1: number.map { .number($0, isBigEndian: isBigEndian) } ?? .other
      case 3: .text(length: size)
      case 5: .opaque(size: size)
      case 9 where bits & 0x0F == 1: .variableText
      default: .other
      }
  }

  private static func integer(size: Int, isSigned: Bool) -> ElementType? {
    switch size {
    case 1: isSigned ? .int8 : .uint8
    case 2: isSigned ? .int16 : .uint16
    case 4: isSigned ? .int32 : .uint32
    case 8: isSigned ? .int64 : .uint64
    default: nil
    }
  }

  /// - Parameter layout: the place and size of the exponent, and those of the fraction, in bits.
  private static func real(size: Int, _ layout: [UInt8]) -> ElementType? {
    switch (size, layout) {
    case (2, [10, 5, 0, 10]): .float16
    case (2, [7, 8, 0, 7]): .bfloat16
    case (4, [23, 8, 0, 23]): .float32
    case (8, [52, 11, 0, 52]): .float64
    default: nil
    }
  }
}

/// The shape of a dataset or an attribute.
enum HDF5Shape {
  static func read(_ body: ByteReader) throws(Refusal) -> [Int] {
    var body = body
    let version = try body.byte()
    let rank = Int(try body.byte())
    try body.skip(1)
    switch version {
    case 1: try body.skip(5)
    // Two stands for no element at all.
    case 2: if try body.byte() == 2 { return [0] }
    default: throw Refusal.damaged("an HDF5 shape in it is of the version \(version)")
    }
    guard rank <= Extent.maximumRank else {
      throw Refusal.damaged("a dataset in it has \(rank) axes")
    }
    var shape: [Int] = []
    for _ in 0..<rank { shape.append(try body.count()) }
    return shape
  }
}
