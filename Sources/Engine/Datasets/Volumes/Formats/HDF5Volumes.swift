internal import CKernels
internal import Groundwork
internal import HDF5

/// Datasets of HDF5 files.
struct HDF5Volumes: VolumeFormat {
  let name = "HDF5"
  let endings = [".h5", ".hdf5"]
  let naming = VolumeNaming.dataset

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    try FileBytes.requireFile(path)
    return try OpenDataset(
      calling { () throws(HDF5Error) in try HDF5Volume(file: path, path: dataset) }, axes)
  }
}

private final class OpenDataset: Volume {
  private let volume: HDF5Volume
  /// `nil` where axes lie as the reader wants them.
  private let plan: AxisPlan?
  let facts: VolumeFacts
  private var integers: [Int32] = []
  private var longs: [Int64] = []
  private var block: [UInt8] = []

  init(_ volume: HDF5Volume, _ axes: VolumeAxes?) throws(ImageError) {
    self.volume = volume
    var facts = VolumeFacts()
    if let extents = volume.elementSize, extents.count == 3 {
      facts.spacing = VolumeFacts.Spacing(
        slices: extents[0], height: extents[1], width: extents[2], unit: "µm")
    }
    self.facts = facts
    plan = try axes.map { axes throws(ImageError) in
      try AxisPlan(shape: volume.shape, axes)
    }
  }

  var slices: Int {
    if let plan { return plan.sliceCount }
    // What is no volume says so when its extent is asked for.
    return volume.shape.count > 2 ? volume.shape[0] : .max
  }

  var depth: Int { plan?.depth ?? slices }

  // MARK: - Extents

  /// `[H, W]` or `[H, W, C]`, behind the axis of the slices where there is an index.
  func extent(of slice: Int?) throws(ImageError) -> VolumeExtent {
    if let plan {
      let (height, width) = (plan.shape[plan.height], plan.shape[plan.width])
      guard slice != nil || plan.sliceCount == 1, height > 0, width > 0,
        (1...ImageStack.maximumChannels).contains(plan.channels)
      else { throw wrong(slice) }
      try VolumeExtent.check(height: height, width: width)
      return VolumeExtent(size: Size(height: height, width: width), channels: plan.channels)
    }
    var shape = volume.shape[...]
    if slice != nil {
      guard shape.count > 2 else { throw wrong(slice) }
      shape.removeFirst()
    }
    let channels = shape.count == 3 ? shape.popLast() ?? 0 : 1
    guard shape.count == 2, (1...ImageStack.maximumChannels).contains(channels),
      let height = shape.first, let width = shape.last, height > 0, width > 0
    else { throw wrong(slice) }
    try VolumeExtent.check(height: height, width: width)
    return VolumeExtent(size: Size(height: height, width: width), channels: channels)
  }

  func extent(ofMask slice: Int?, asColours: Bool) throws(ImageError) -> VolumeExtent {
    let extent = try extent(of: slice)
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

  private func wrong(_ slice: Int?) -> ImageError {
    let shape = volume.shape.map(String.init).joined(separator: "×")
    let channels =
      "with at most \(ImageStack.maximumChannels) channels behind, or data.axes says what its axes are"
    return ImageError(
      slice == nil
        ? "is \(shape): without [INDEX] it must be height × width, \(channels)"
        : "is \(shape): with [INDEX] it must be slices × height × width, \(channels)")
  }

  // MARK: - Values

  func read(_ slice: Int?, into raster: inout Raster) throws(ImageError) {
    let extent = try extent(of: slice)
    let count = extent.size.area * extent.channels
    switch volume.numbers {
    case .bytes:
      raster.reshape(extent.size, channels: extent.channels, depth: .bits8)
      try read(slice, .byte, 1, into: &raster.pixels)
    case .words:
      raster.reshape(extent.size, channels: extent.channels, depth: .bits16)
      integers.resize(to: count)
      try read(slice, .integer, 4, into: &integers)
      raster.withSamples(of: UInt16.self) { words in
        for index in 0..<count { words[index] = UInt16(truncatingIfNeeded: integers[index]) }
      }
    case .integers, .reals:
      raster.reshape(extent.size, channels: extent.channels, depth: .real)
      try read(slice, .real, 4, into: &raster.pixels)
    }
  }

  func read(
    _ slice: Int?, into mask: inout MaskValues, asColours: Bool
  ) throws(ImageError) {
    let extent = try extent(ofMask: slice, asColours: asColours)
    if volume.numbers == .bytes {
      mask.reshape(extent.size, extent.channels == 3 ? .colours : .bytes)
      try read(slice, .byte, 1, into: &mask.bytes)
    } else if volume.isWide {
      longs.resize(to: extent.size.area)
      try read(slice, .long, 8, into: &longs)
      try mask.hold(longs, extent.size)
    } else {
      mask.reshape(extent.size, .integers)
      try read(slice, .integer, 4, into: &mask.bytes)
    }
  }

  /// - Parameter bytes: that a number takes in memory.
  private func read<Element: BitwiseCopyable>(
    _ slice: Int?, _ number: HDF5Volume.Number, _ bytes: Int, into target: inout [Element]
  ) throws(ImageError) {
    guard let plan else {
      return try target.withMutableBytes { (room) throws(ImageError) in
        try calling { () throws(HDF5Error) in
          try volume.read(slice, as: number, into: room.baseAddress!)
        }
      }
    }
    let extent = plan.extent
    block.resize(to: extent.reduce(bytes, *))
    try block.withMutableBytes { (room) throws(ImageError) in
      try calling { () throws(HDF5Error) in
        try volume.read(plan.start(of: slice ?? 0), extent, as: number, into: room.baseAddress!)
      }
    }
    let (width, channels) = (plan.shape[plan.width], plan.channels)
    target.withUnsafeMutableBytes { room in
      ck_copy_block(
        block, plan.steps(in: extent), room.baseAddress!.assumingMemoryBound(to: UInt8.self),
        [width * channels, channels, 1], [plan.shape[plan.height], width, channels], bytes)
    }
  }
}

private func calling<Value>(
  _ body: () throws(HDF5Error) -> Value
) throws(ImageError) -> Value {
  do throws(HDF5Error) { return try body() } catch { throw ImageError(error.description) }
}
