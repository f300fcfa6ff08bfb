internal import CKernels
internal import Digest
internal import Foundation
internal import Groundwork
internal import HDF5

/// Reads slices of HDF5 datasets and pages of TIFFs, in memory that is used again; the files stay open.
struct VolumeReader: ~Copyable {
  private var volumes: [VolumeSlice: HDF5Volume] = [:]
  private var stacks: [FilePath: TIFF] = [:]
  private var integers: [Int32] = []
  private var longs: [Int64] = []
  private var hash = SHA256()

  /// What a slice is, known without reading it.
  struct Extent {
    let size: Size
    let channels: Int
  }

  // MARK: - Images

  /// Integers of 8 and 16 bits without sign as they are, and other numbers in single precision.
  ///
  /// - Returns: the digest of the values.
  mutating func read(
    _ slice: VolumeSlice, into raster: inout Raster
  ) throws(ImageError) -> SHA256.Value {
    guard !slice.isPage else {
      let stack = try stack(of: slice)
      try stack.decode(page: Self.page(of: slice, in: stack), into: &raster)
      return hash.digest(of: raster.pixels)
    }
    let volume = try volume(of: slice)
    let extent = try Self.extent(of: volume, slice)
    let place = slice.place(of: volume.shape[0])
    switch volume.numbers {
    case .bytes:
      raster.reshape(extent.size, channels: extent.channels, depth: .bits8)
      try Self.calling { () throws(HDF5Error) in
        try volume.readBytes(place, into: &raster.pixels)
      }
    case .words:
      raster.reshape(extent.size, channels: extent.channels, depth: .bits16)
      let count = extent.size.area * extent.channels
      integers.resize(to: count)
      try Self.calling { () throws(HDF5Error) in
        try volume.readIntegers(place, into: &integers)
      }
      raster.withSamples(of: UInt16.self) { words in
        for index in 0..<count { words[index] = UInt16(truncatingIfNeeded: integers[index]) }
      }
    case .integers, .reals:
      raster.reshape(extent.size, channels: extent.channels, depth: .real)
      try Self.calling { () throws(HDF5Error) in
        try raster.withSamples(of: Float.self) { (reals) throws(HDF5Error) in
          try volume.readReals(place, into: reals)
        }
      }
    }
    return hash.digest(of: raster.pixels)
  }

  // MARK: - Masks

  /// - Returns: the digest of the values.
  mutating func read(
    _ slice: VolumeSlice, into mask: inout MaskValues, asColours: Bool
  ) throws(ImageError) -> SHA256.Value {
    guard !slice.isPage else {
      let stack = try stack(of: slice)
      let page = try Self.page(of: slice, in: stack)
      if asColours {
        try mask.takeColours { raster throws(ImageError) in
          try stack.decode(page: page, into: &raster)
        }
      } else {
        try stack.decode(page: page, into: &mask)
      }
      return hash.digest(of: mask.bytes)
    }
    let volume = try volume(of: slice)
    let extent = try Self.extent(ofMask: volume, slice, asColours: asColours)
    let place = slice.place(of: volume.shape[0])
    if volume.numbers == .bytes {
      mask.reshape(extent.size, extent.channels == 3 ? .colours : .bytes)
      try Self.calling { () throws(HDF5Error) in
        try volume.readBytes(place, into: &mask.bytes)
      }
    } else if volume.isWide {
      longs.resize(to: extent.size.area)
      try Self.calling { () throws(HDF5Error) in try volume.readLongs(place, into: &longs) }
      // The largest stands for all beyond it.
      if longs.contains(.max) {
        throw ImageError("holds \(Int64.max) or more: masks hold integers below it")
      }
      mask.hold(longs, extent.size)
    } else {
      mask.reshape(extent.size, .integers)
      try Self.calling { () throws(HDF5Error) in
        try mask.withIntegers { (integers) throws(HDF5Error) in
          try volume.readIntegers(place, into: integers)
        }
      }
    }
    return hash.digest(of: mask.bytes)
  }

  // MARK: - Extents

  mutating func extent(of slice: VolumeSlice) throws(ImageError) -> Extent {
    guard !slice.isPage else {
      let header = try header(ofPage: slice)
      return Extent(size: header.size, channels: header.channels)
    }
    return try Self.extent(of: volume(of: slice), slice)
  }

  mutating func extent(
    ofMask slice: VolumeSlice, asColours: Bool
  ) throws(ImageError) -> Extent {
    guard !slice.isPage else {
      let header = try header(ofPage: slice)
      // What cannot be a mask says why.
      if !asColours, !header.holdsIDs {
        var mask = MaskValues()
        _ = try read(slice, into: &mask, asColours: false)
      }
      return Extent(size: header.size, channels: header.channels)
    }
    return try Self.extent(ofMask: volume(of: slice), slice, asColours: asColours)
  }

  private mutating func header(ofPage slice: VolumeSlice) throws(ImageError) -> ImageHeader {
    let stack = try stack(of: slice)
    return try stack.header(page: Self.page(of: slice, in: stack))
  }

  /// - Throws: ``ImageError`` where the slice itself, not a neighbour of it, lies behind the last page.
  private static func page(of slice: VolumeSlice, in stack: TIFF) throws(ImageError) -> Int {
    let pages = stack.pages
    guard let index = slice.index, index < pages else {
      throw ImageError(
        "has \(pages) page\(pages == 1 ? "" : "s"), from 0: there is none of number "
          + "\(slice.index ?? 0)")
    }
    return slice.place(of: pages) ?? index
  }

  /// `[H, W]` or `[H, W, C]`, behind the axis of the slices where there is an index.
  private static func extent(
    of volume: HDF5Volume, _ slice: VolumeSlice
  ) throws(ImageError) -> Extent {
    var shape = volume.shape[...]
    if let index = slice.index {
      guard shape.count > 2, let slices = shape.popFirst() else { throw wrong(volume, slice) }
      guard index < slices else {
        throw ImageError("has \(slices) slices, from 0: there is none of number \(index)")
      }
    }
    let channels = shape.count == 3 ? shape.popLast() ?? 0 : 1
    guard shape.count == 2, (1...maximumChannels).contains(channels), let height = shape.first,
      let width = shape.last, height > 0, width > 0
    else { throw wrong(volume, slice) }
    guard height <= maximumPixels / width else {
      throw ImageError(
        "\(height)×\(width) pixels (height × width) are more than the "
          + "\(maximumPixels / 1_000_000) megapixels allowed")
    }
    return Extent(size: Size(height: height, width: width), channels: channels)
  }

  private static func extent(
    ofMask volume: HDF5Volume, _ slice: VolumeSlice, asColours: Bool
  ) throws(ImageError) -> Extent {
    let extent = try extent(of: volume, slice)
    if asColours {
      guard volume.numbers == .bytes else {
        throw ImageError("is no mask of data.colors: these are of 8 bits a channel")
      }
      return extent
    }
    guard extent.channels == 1, volume.numbers != .reals else {
      throw ImageError("is no mask: a mask holds one integer a pixel, the class id")
    }
    return extent
  }

  private static func wrong(_ volume: HDF5Volume, _ slice: VolumeSlice) -> ImageError {
    let shape = volume.shape.map(String.init).joined(separator: "×")
    return ImageError(
      slice.index == nil
        ? "is \(shape): without [INDEX] it must be height × width, with at most \(maximumChannels) "
          + "channels behind"
        : "is \(shape): with [INDEX] it must be slices × height × width, with at most "
          + "\(maximumChannels) channels behind")
  }

  /// As of PNG and JPEG.
  private static let maximumPixels = 100_000_000
  private static let maximumChannels = ImageStack.maximumChannels

  // MARK: - Files

  /// Reads a slice for nothing but to see whether it can be read.
  mutating func look(_ slice: VolumeSlice) throws(ImageError) {
    var raster = Raster()
    _ = try read(slice, into: &raster)
  }

  private mutating func volume(of slice: VolumeSlice) throws(ImageError) -> HDF5Volume {
    let key = VolumeSlice(file: slice.file, dataset: slice.dataset, index: nil)
    if let open = volumes[key] { return open }
    try Self.requireSound(slice)
    let opened = try Self.calling { () throws(HDF5Error) in
      try HDF5Volume(file: slice.file.text, path: slice.dataset)
    }
    volumes[key] = opened
    return opened
  }

  private mutating func stack(of slice: VolumeSlice) throws(ImageError) -> TIFF {
    if let open = stacks[slice.file] { return open }
    try Self.requireSound(slice)
    let opened = try TIFF(path: slice.file.text)
    stacks[slice.file] = opened
    return opened
  }

  /// - Throws: ``ImageError`` where there is no such file, or a look at it has found it unreadable.
  private static func requireSound(_ slice: VolumeSlice) throws(ImageError) {
    try FileBytes.requireFile(slice.file.text)
    switch slice.finding {
    case .unreadable(let reason): throw ImageError(reason)
    case .sound(let stamp) where FileStamp(slice.file) != stamp:
      throw ImageError("has changed since the data was checked: start again")
    case .sound, nil: break
    }
  }

  private static func calling<Value>(
    _ body: () throws(HDF5Error) -> Value
  ) throws(ImageError) -> Value {
    do throws(HDF5Error) { return try body() } catch { throw ImageError(error.description) }
  }
}

extension SHA256 {
  /// Adds the bytes of the values, and returns the digest.
  fileprivate mutating func digest<Element: BitwiseCopyable>(of values: [Element]) -> Value {
    values.withUnsafeBytes { update($0) }
    return finish()
  }
}
