internal import Groundwork

/// Slices of an array of numbers in one file or several.
protocol SliceArray: AnyObject {
  var layout: SliceLayout { get }
  /// Writes one slice, `[H, W, C]` of the stored numbers, in the order of bytes of the file.
  func read(_ slice: Int, into room: UnsafeMutableRawBufferPointer) throws(ImageError)
}

/// What the slices of an array are.
struct SliceLayout {
  let slices: Int
  /// How many of them lie one above the other.
  var depth: Int
  let size: Size
  let channels: Int
  let number: StoredNumber
  /// True where the bytes of a number lie the highest first.
  var isBigEndian = false
  /// What the stored numbers mean: number · slope + intercept.
  var scale: (slope: Double, intercept: Double) = (1, 0)

  var isScaled: Bool { scale != (1, 0) }

  /// Bytes of one slice.
  var sliceBytes: Int { size.area * channels * number.bytes }

  /// - Throws: ``ImageError`` where an extent is none, or a slice more than images may be.
  init(
    slices: Int, height: Int, width: Int, channels: Int, number: StoredNumber
  ) throws(ImageError) {
    guard slices > 0, height > 0, width > 0, channels > 0 else {
      throw ImageError(
        "has an axis without extent: the file is damaged, put a sound copy in its place")
    }
    try VolumeExtent.check(height: height, width: width)
    guard channels <= ImageStack.maximumChannels else {
      throw ImageError(
        "has \(channels) channels: at most \(ImageStack.maximumChannels) are read")
    }
    guard slices <= VolumeExtent.maximumSlices else {
      throw ImageError("has \(slices) slices: at most \(VolumeExtent.maximumSlices) are read")
    }
    (self.slices, depth, self.size) = (slices, slices, Size(height: height, width: width))
    (self.channels, self.number) = (channels, number)
  }
}
