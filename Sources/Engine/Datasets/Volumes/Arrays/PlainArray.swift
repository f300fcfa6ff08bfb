internal import CKernels
internal import Groundwork

/// An array whose numbers lie one behind the other in a file, as they are or compressed as a whole.
final class PlainArray: SliceArray {
  let layout: SliceLayout
  private let source: any ByteSource
  /// Where the array begins in the source.
  private let start: Int
  private let channels: Channels
  private var plane: [UInt8] = []

  /// Where the channels of a pixel lie.
  enum Channels {
    /// One behind the other, of so many that are stored; those behind the layout's are left out.
    case together(stored: Int)
    /// Each a volume of its own, one behind the other.
    case apart
    /// Each a plane of its own, all of a slice one behind the other.
    case planes
  }

  /// - Throws: ``ImageError`` where the file ends before the array does.
  init(
    _ layout: SliceLayout, in source: any ByteSource, at start: Int, _ channels: Channels
  ) throws(ImageError) {
    (self.layout, self.source, self.start, self.channels) = (layout, source, start, channels)
    let stored: Int
    switch channels {
    case .together(let count): stored = count
    case .apart, .planes: stored = layout.channels
    }
    var all = layout.size.area * layout.number.bytes
    for factor in [layout.slices, stored] {
      let (product, overflow) = all.multipliedReportingOverflow(by: factor)
      guard !overflow, product < VolumeFile.largest else { throw PlainBytes.cutShort }
      all = product
    }
    guard (0..<VolumeFile.largest).contains(start) else { throw PlainBytes.cutShort }
    try source.require(start + all)
  }

  func read(_ slice: Int, into room: UnsafeMutableRawBufferPointer) throws(ImageError) {
    let (area, bytes) = (layout.size.area, layout.number.bytes)
    switch channels {
    case .together(let stored) where stored == layout.channels:
      try source.read(at: start + slice * area * stored * bytes, into: room)
    case .together(let stored):
      plane.resize(to: area * stored * bytes)
      try plane.withMutableBytes { (plane) throws(ImageError) in
        try source.read(at: start + slice * area * stored * bytes, into: plane)
      }
      copy(pixelStep: stored, channels: layout.channels, to: room, channel: 0)
    case .apart, .planes:
      plane.resize(to: area * bytes)
      for channel in 0..<layout.channels {
        let number =
          if case .planes = channels { slice * layout.channels + channel } else {
            channel * layout.slices + slice
          }
        let place = number * area * bytes
        try plane.withMutableBytes { (plane) throws(ImageError) in
          try source.read(at: start + place, into: plane)
        }
        copy(pixelStep: 1, channels: 1, to: room, channel: channel)
      }
    }
  }

  /// From the plane that was read to the channels of the slice from one on.
  private func copy(
    pixelStep: Int, channels: Int, to room: UnsafeMutableRawBufferPointer, channel: Int
  ) {
    guard let to = room.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    ck_copy_block(
      plane, [0, pixelStep, 1], to + channel * layout.number.bytes, [0, layout.channels, 1],
      [1, layout.size.area, channels], layout.number.bytes)
  }
}
