internal import Digest
internal import Groundwork

/// Reads slices of volumes, in memory that is used again; the files that were read last stay open.
struct VolumeReader: ~Copyable {
  private var open: [VolumeSlice: (volume: any Volume, used: Int)] = [:]
  private var clock = 0
  private var hash = SHA256()

  /// Files that stay open: there may be more volumes than a process may open.
  private static let most = 32

  /// Integers of 8 and 16 bits without sign as they are, and other numbers in single precision.
  ///
  /// - Returns: the digest of the values.
  mutating func read(
    _ slice: VolumeSlice, into raster: inout Raster
  ) throws(ImageError) -> SHA256.Value {
    let (volume, place) = try volume(of: slice)
    try volume.read(place, into: &raster)
    return hash.digest(of: raster.pixels)
  }

  /// - Returns: the digest of the values.
  mutating func read(
    _ slice: VolumeSlice, into mask: inout MaskValues, asColours: Bool
  ) throws(ImageError) -> SHA256.Value {
    let (volume, place) = try volume(of: slice)
    try volume.read(place, into: &mask, asColours: asColours)
    return hash.digest(of: mask.bytes)
  }

  mutating func extent(of slice: VolumeSlice) throws(ImageError) -> VolumeExtent {
    let (volume, place) = try volume(of: slice)
    return try volume.extent(of: place)
  }

  mutating func extent(
    ofMask slice: VolumeSlice, asColours: Bool
  ) throws(ImageError) -> VolumeExtent {
    let (volume, place) = try volume(of: slice)
    return try volume.extent(ofMask: place, asColours: asColours)
  }

  /// Reads a slice for nothing but to see whether it can be read.
  mutating func look(_ slice: VolumeSlice) throws(ImageError) {
    var raster = Raster()
    _ = try read(slice, into: &raster)
  }

  /// - Throws: ``ImageError`` where the slice itself, not a neighbour of it, lies behind the last.
  private mutating func volume(
    of slice: VolumeSlice
  ) throws(ImageError) -> (any Volume, place: Int?) {
    let volume = try opened(slice)
    let count = volume.slices
    if let index = slice.index, index >= count {
      let part = VolumeFormats.format(of: slice.file.text)?.naming.part ?? "slice"
      throw ImageError(
        "has \(count) \(part)\(count == 1 ? "" : "s"), from 0: there is none of number \(index)")
    }
    return (volume, slice.place(of: count, depth: max(1, volume.depth)))
  }

  private mutating func opened(_ slice: VolumeSlice) throws(ImageError) -> any Volume {
    let key = VolumeSlice(file: slice.file, dataset: slice.dataset, axes: slice.axes, index: nil)
    clock += 1
    if let known = open[key] {
      open[key]?.used = clock
      return known.volume
    }
    try Self.requireSound(slice)
    let volume = try VolumeFormats.open(
      slice.file.text, dataset: slice.dataset, axes: slice.axes)
    if open.count >= Self.most, let oldest = open.min(by: { $0.value.used < $1.value.used }) {
      open[oldest.key] = nil
    }
    open[key] = (volume, clock)
    return volume
  }

  /// - Throws: ``ImageError`` where a look at the file has found it unreadable.
  private static func requireSound(_ slice: VolumeSlice) throws(ImageError) {
    switch slice.finding {
    case .unreadable(let reason): throw ImageError(reason)
    case .sound(let stamp) where FileStamp(slice.file) != stamp:
      throw ImageError("has changed since the data was checked: start again")
    case .sound, nil: break
    }
  }
}

extension SHA256 {
  /// Adds the bytes of the values, and returns the digest.
  fileprivate mutating func digest<Element: BitwiseCopyable>(of values: [Element]) -> Value {
    values.withUnsafeBytes { update($0) }
    return finish()
  }
}
