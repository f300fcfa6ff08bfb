internal import CKernels
internal import Groundwork

/// An array of numbers as images and masks.
final class ArrayVolume: Volume {
  private let array: any SliceArray
  let facts: VolumeFacts
  private var stored: [UInt8] = []
  private var longs: [Int64] = []

  init(_ array: any SliceArray, _ facts: VolumeFacts) { (self.array, self.facts) = (array, facts) }

  var slices: Int { array.layout.slices }
  var depth: Int { array.layout.depth }

  func extent(of slice: Int?) throws(ImageError) -> VolumeExtent {
    VolumeExtent(size: array.layout.size, channels: array.layout.channels)
  }

  func extent(ofMask slice: Int?, asColours: Bool) throws(ImageError) -> VolumeExtent {
    try requireMask(asColours: asColours)
    return VolumeExtent(size: array.layout.size, channels: array.layout.channels)
  }

  func read(_ slice: Int?, into raster: inout Raster) throws(ImageError) {
    let layout = array.layout
    let count = layout.size.area * layout.channels
    guard !layout.isScaled, layout.number == .uint8 || layout.number == .uint16 else {
      try load(slice)
      raster.reshape(layout.size, channels: layout.channels, depth: .real)
      raster.withSamples(of: Float.self) { reals in
        ck_reals_of_stored(
          stored, layout.number.kernel, count, layout.scale.slope, layout.scale.intercept, reals)
      }
      return
    }
    raster.reshape(
      layout.size, channels: layout.channels, depth: layout.number == .uint8 ? .bits8 : .bits16)
    try load(slice, into: &raster.pixels)
  }

  func read(
    _ slice: Int?, into mask: inout MaskValues, asColours: Bool
  ) throws(ImageError) {
    let layout = array.layout
    try requireMask(asColours: asColours)
    if layout.number == .uint8, !layout.isScaled {
      mask.reshape(layout.size, layout.channels == 3 ? .colours : .bytes)
      return try load(slice, into: &mask.bytes)
    }
    if layout.number == .uint16, !layout.isScaled {
      mask.reshape(layout.size, .words)
      return try load(slice, into: &mask.bytes)
    }
    try load(slice)
    longs.resize(to: layout.size.area)
    var first = 0
    let wrong = ck_longs_of_stored(
      stored, layout.number.kernel, layout.size.area, layout.scale.slope, layout.scale.intercept,
      &longs, &first)
    guard wrong == 0 else {
      throw ImageError(
        "is no mask: \(wrong == 1 ? "1 value is" : "\(wrong) values are") no whole number below "
          + "\(Int64.max), the first at \(layout.size.place(ofPixel: first)); a mask holds one "
          + "integer a pixel, the class id")
    }
    try mask.hold(longs, layout.size)
  }

  private func requireMask(asColours: Bool) throws(ImageError) {
    let layout = array.layout
    guard asColours else {
      guard layout.channels == 1 else {
        throw ImageError("is no mask: a mask holds one integer a pixel, the class id")
      }
      return
    }
    guard layout.number == .uint8, !layout.isScaled, layout.channels == 1 || layout.channels == 3
    else {
      throw ImageError("is no mask of data.colors: these are of 8 bits a channel, gray or RGB")
    }
  }

  private func load(_ slice: Int?) throws(ImageError) {
    stored.resize(to: array.layout.sliceBytes)
    try load(slice, into: &stored)
  }

  /// In the order of bytes of this machine.
  private func load(_ slice: Int?, into bytes: inout [UInt8]) throws(ImageError) {
    let layout = array.layout
    try bytes.withMutableBytes { (room) throws(ImageError) in
      try array.read(slice ?? 0, into: room)
    }
    if layout.isBigEndian, layout.number.bytes > 1 {
      ck_swap_bytes(&bytes, bytes.count / layout.number.bytes, layout.number.bytes)
    }
  }
}
