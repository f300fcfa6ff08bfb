/// What a mask holds, as its file stores it: before it is said which class each value is.
package struct MaskValues: Sendable, Hashable {
  package private(set) var size: Size
  package private(set) var kind: Kind
  /// The bytes of the values, `[H, W]`, each value in the byte order of this machine; for colours,
  /// `[H, W, 3]`.
  package var bytes: [UInt8]

  package enum Kind: Sendable, Hashable {
    /// Integers of 0…255.
    case bytes
    /// Integers of 0…65535.
    case words
    /// Integers of 32 bits.
    case integers
    /// Integers of 64 bits, of which some are beyond 32.
    case longs
    /// Red, green and blue, 0…255.
    case colours

    /// The number of bytes that a pixel takes.
    package var bytes: Int {
      switch self {
      case .bytes: 1
      case .words: 2
      case .colours: 3
      case .integers: 4
      case .longs: 8
      }
    }
  }

  /// No pixels: memory that a decoder will fill.
  package init() {
    size = Size(height: 0, width: 0)
    kind = .bytes
    bytes = []
  }

  /// Another extent in the same memory; the values are whatever was there.
  package mutating func reshape(_ size: Size, _ kind: Kind) {
    self.size = size
    self.kind = kind
    bytes.resize(to: size.area * kind.bytes)
  }

  /// The value of a pixel: the integer, or red · 65536 + green · 256 + blue.
  package func value(at place: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      switch kind {
      case .bytes: Int(bytes[place])
      case .words: Int(bytes.load(fromByteOffset: 2 * place, as: UInt16.self))
      case .integers: Int(bytes.load(fromByteOffset: 4 * place, as: Int32.self))
      case .longs: Int(bytes.load(fromByteOffset: 8 * place, as: Int64.self))
      case .colours:
        Int(bytes[3 * place]) << 16 | Int(bytes[3 * place + 1]) << 8 | Int(bytes[3 * place + 2])
      }
    }
  }

  /// Makes the luma of an image the values: that of grey is itself, that of colours as in ITU-R BT.601,
  /// in Pillow's fixed point.
  ///
  /// - Throws: ``ImageError`` where it is not of 8 bits, grey or RGB.
  mutating func takeShades(
    _ decode: (inout Raster) throws(ImageError) -> Void
  ) throws(ImageError) {
    try takeColours(decode)
    guard kind == .colours else { return }
    for place in 0..<size.area {
      let (red, green, blue) = (
        Int(bytes[3 * place]), Int(bytes[3 * place + 1]), Int(bytes[3 * place + 2])
      )
      bytes[place] = UInt8((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16)
    }
    reshape(size, .bytes)
  }

  /// Makes the pixels of an image the colours; they are decoded into the same memory.
  ///
  /// - Throws: ``ImageError`` where it is not of 8 bits, grey or RGB.
  package mutating func takeColours(
    _ decode: (inout Raster) throws(ImageError) -> Void
  ) throws(ImageError) {
    var raster = Raster()
    do {
      swap(&raster.pixels, &bytes)
      defer { swap(&raster.pixels, &bytes) }
      try decode(&raster)
    }
    guard raster.depth == .bits8 else {
      let kind = raster.channels == 1 ? " grey" : raster.channels == 3 ? " RGB" : ""
      throw ImageError(
        "is \(raster.depth.description)\(kind), but data.colors are of 8 bits a channel")
    }
    guard raster.channels == 1 || raster.channels == 3 else {
      throw ImageError("has \(raster.channels) channels, but data.colors are RGB")
    }
    reshape(raster.size, raster.channels == 3 ? .colours : .bytes)
  }

  /// Integers of 32 bits where all fit, and else of 64.
  ///
  /// - Parameter values: the largest stands for all beyond it.
  /// - Throws: ``ImageError`` where one of them is the largest.
  package mutating func hold(_ values: [Int64], _ size: Size) throws(ImageError) {
    precondition(values.count == size.area)
    guard !values.contains(.max) else {
      throw ImageError("holds \(Int64.max) or more: masks hold integers below it")
    }
    if values.allSatisfy({ Int32(exactly: $0) != nil }) {
      reshape(size, .integers)
      withIntegers { integers in
        for (index, value) in values.enumerated() {
          integers[index] = Int32(truncatingIfNeeded: value)
        }
      }
    } else {
      reshape(size, .longs)
      values.withUnsafeBytes { source in
        bytes.withUnsafeMutableBytes { $0.copyMemory(from: source) }
      }
    }
  }

  /// Makes room for integers, which `body` writes all.
  package mutating func withIntegers<Result, Failure: Error>(
    _ body: (UnsafeMutablePointer<Int32>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(kind == .integers)
    return try bytes.withUnsafeMutableBufferPointer { (bytes) throws(Failure) in
      guard let start = bytes.baseAddress else { preconditionFailure("a mask has pixels") }
      // Memory of arrays is aligned for every number.
      return try body(UnsafeMutableRawPointer(start).assumingMemoryBound(to: Int32.self))
    }
  }
}

extension Size {
  /// Where a pixel is, as messages say it: column, then row, from 0.
  package func place(ofPixel index: Int) -> String { "x \(index % width), y \(index / width)" }
}
