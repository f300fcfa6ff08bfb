internal import CKernels
internal import Digest
internal import Groundwork

/// The images that were decoded last, as many as a sample has: where the next sample shares some of
/// them, as patches of one image do and neighbouring slices, these are not read again.
struct ImageMemory: ~Copyable {
  private var slots: [Slot] = []
  /// The slots of the images of the sample that is being read, in the order of the images.
  private var used: [Int] = []
  private var generation = 0
  /// The images of so many samples, the one that is being read with them, are kept.
  private var samplesKept = 1

  private struct Slot {
    var image = DecodedImage()
    /// `nil` where what is there is no whole file.
    var source: (path: FilePath, digest: SHA256.Value)?
    /// The generation of the sample that used the slot last.
    var generation = 0
  }

  /// Another sample begins.
  mutating func begin() {
    generation += 1
    used.removeAll(keepingCapacity: true)
  }

  /// Keeps the images of as many samples: of the slices of a patch of a volume.
  mutating func keep(samples: Int) { samplesKept = samples }

  /// Makes a file that is still there the next image of the sample.
  ///
  /// - Returns: its digest; `nil` where it has to be read.
  mutating func reuse(_ path: FilePath) -> SHA256.Value? {
    guard let slot = slots.firstIndex(where: { $0.source?.path == path }) else { return nil }
    slots[slot].generation = generation
    used.append(slot)
    return slots[slot].source?.digest
  }

  /// Room for an image, in place of that which was used longest ago and not by the sample.
  mutating func freeSlot() -> Int {
    var oldest: Int?
    for slot in slots.indices where slots[slot].generation <= generation - samplesKept {
      if oldest.map({ slots[slot].generation < slots[$0].generation }) ?? true { oldest = slot }
    }
    if let oldest {
      slots[oldest].source = nil
      return oldest
    }
    slots.append(Slot())
    return slots.count - 1
  }

  /// Makes what a slot holds now the next image of the sample.
  mutating func use(_ slot: Int, for path: FilePath, _ digest: SHA256.Value) {
    slots[slot].source = (path, digest)
    slots[slot].generation = generation
    used.append(slot)
  }

  /// What a slot holds.
  subscript(slot: Int) -> DecodedImage {
    get { slots[slot].image }
    _modify { yield &slots[slot].image }
  }

  /// Tells whether something holds of all images of the sample.
  mutating func all(_ holds: (inout DecodedImage) -> Bool) -> Bool {
    for slot in used where !holds(&slots[slot].image) { return false }
    return true
  }

  /// The image that was made the sample's last.
  var last: DecodedImage { slots[used[used.count - 1]].image }

  /// The image of the sample at an index.
  func image(_ index: Int) -> DecodedImage { slots[used[index]].image }
}

/// An image as its file has it.
struct DecodedImage {
  var raster = Raster()
  var extent = DecodedExtent(fileSize: Size(height: 0, width: 0))
  /// The depth of the image's samples in the file.
  private(set) var depth = PixelDepth.bits8
  private var widened = Raster()
  /// `nil` where nobody has looked.
  private var uniformity: Bool?
}

extension DecodedImage {
  /// What is done with samples that were just decoded. Where pixels may hold nothing they become
  /// numbers of single precision, and NaN where they do.
  ///
  /// - Throws: ``ImageError`` where one of them is no finite number and none that holds nothing.
  mutating func prepare(_ decoding: ImageDecoding) throws(ImageError) {
    depth = raster.depth
    uniformity = nil
    if let noData = decoding.noData {
      if depth != .real {
        raster.widen(to: .real, into: &widened)
        swap(&raster, &widened)
      }
      if case .value(let value) = noData {
        let count = raster.size.area * raster.channels
        raster.withSamples(of: Float.self) { ck_blank_values($0, count, Float(value)) }
      }
    }
    try requireNumbers(allowingNaN: decoding.noData != nil)
    if let range = decoding.clipping, depth != .bits8 {
      ck_clip_samples(
        &raster.pixels, raster.depth.kernel, raster.size.area * raster.channels, range.lower,
        range.upper)
    }
  }

  /// True where it shows one colour everywhere; looked at once for all patches of an image.
  mutating func isUniform() -> Bool {
    if let uniformity { return uniformity }
    let width = raster.pixelBytes
    let found = raster.pixels.withUnsafeBufferPointer { pixels in
      (width..<max(width, pixels.count)).allSatisfy { pixels[$0] == pixels[$0 - width] }
    }
    uniformity = found
    return found
  }

  private mutating func requireNumbers(allowingNaN: Bool) throws(ImageError) {
    guard raster.depth == .real else { return }
    let count = raster.size.area * raster.channels
    var first = 0
    var value: Float = 0
    let found = raster.withSamples(of: Float.self) { samples in
      let found = ck_count_not_finite(samples, count, allowingNaN ? 1 : 0, &first)
      if found > 0 { value = samples[first] }
      return found
    }
    guard found > 0 else { return }
    let (kind, remedy) =
      value.isNaN
      ? ("NaN", "where they mean that there is no data set data.no_data: nan")
      : ("\(value)", "put finite numbers in their place")
    throw ImageError(
      "holds \(found == 1 ? "1 value that is" : "\(found) values that are") no finite number, the "
        + "first \(kind) at \(raster.size.place(ofPixel: first / raster.channels)): \(remedy)")
  }
}
