internal import CKernels
package import Groundwork

/// A training sample before normalisation, with memory to draw it anew.
///
/// A patch of a volume is one too: its slices lie one beneath the other, and augmentations change each of
/// them (``changeEachSlice(_:)``).
package struct Sample: Sendable {
  package private(set) var size: Size
  /// What its channels are.
  package let stack: ImageStack
  package let channels: Int
  /// D, how many slices lie one beneath the other; 1 for an image.
  package let depth: Int
  /// `[C, H, W]`: of images of 8 bits the values, 0…255; of others values on a scale of which 0…255
  /// is `data.range` or, without it, what the training images hold.
  package var image: [Float]
  /// `[P, H, W]`, class ids where there is one plane; ``Labels/ignoreIndex`` where nothing is known.
  package var labels: [Label]
  /// P, of the labels of each pixel.
  package let planes: Int
  /// λ, the part of the image that is what ``labels`` tell of, in a sample mixed from two; 1 in
  /// every other.
  package internal(set) var lambda: Float = 1
  /// `[P, H, W]`: the labels of the rest of a mixed sample; of whatever content in every other sample.
  package internal(set) var otherLabels: [Label] = []
  /// What pixels from outside the image are filled with, for each channel: the data set's mean.
  package let fill: [Float]
  /// How the samples of images become values; `nil` where they are of 8 bits.
  private let scale: PixelScale?
  /// Other samples to mix in, of the same size: those that the augmentation asked for come first.
  package internal(set) var partners: [Sample] = []
  /// One for each image of the stack, with its channels; none before one was lent.
  private var stackedImages: [Sample] = []
  /// The slice that was lent last; none before one was.
  private var lentSlices: [Sample] = []
  /// Which slice of its volume a lent image is, counted from the first that is seen, which is 0.
  private(set) var slice = 0
  /// What the next drawing goes into, of whatever size and content.
  private var spareImage: [Float] = []
  private var spareLabels: [Label] = []
  private var scratchFloats: [Float] = []
  private var scratchBytes: [UInt8] = []

  /// A single image.
  ///
  /// - Parameter channels: 1 (grey), 3 (RGB) or any other number.
  package init(
    size: Size, channels: Int, image: [Float], labels: [Label], planes: Int = 1, fill: [Float]
  ) {
    self.init(
      size: size, stack: ImageStack(channels: channels), image: image, labels: labels,
      planes: planes, fill: fill)
  }

  package init(
    size: Size, stack: ImageStack, image: [Float], labels: [Label], planes: Int = 1, fill: [Float],
    scale: PixelScale? = nil, depth: Int = 1
  ) {
    precondition(
      image.count == size.area * stack.channels && labels.count == size.area * planes,
      "image and labels do not fill the size")
    self.size = size
    self.stack = stack
    channels = stack.channels
    self.depth = depth
    self.image = image
    self.labels = labels
    self.planes = planes
    self.fill = fill
    self.scale = scale
  }

  /// A sample of the same channels and fill without pixels.
  package var empty: Sample {
    Sample(
      size: Size(height: 0, width: 0), stack: stack, image: [], labels: [], planes: planes,
      fill: fill, scale: scale, depth: depth)
  }
}

extension Sample {
  /// Draws image and labels anew from what they are, in memory that is used again.
  ///
  /// - Parameters:
  ///   - newSize: the size of what is drawn; by default the size stays.
  ///   - draw: gets the sample as it is, and writes every value of the new image `[C, H, W]` and
  ///     of the new labels `[P, H, W]`: what they hold before is unspecified.
  package mutating func redraw(
    as newSize: Size? = nil,
    _ draw: (_ old: Sample, _ image: inout [Float], _ labels: inout [Label]) -> Void
  ) {
    precondition(
      lambda == 1, "a mixed sample is not drawn anew: its other labels would stay behind")
    let newSize = newSize ?? size
    var (newImage, newLabels): ([Float], [Label]) = ([], [])
    swap(&newImage, &spareImage)
    swap(&newLabels, &spareLabels)
    newImage.resize(to: newSize.area * channels)
    newLabels.resize(to: newSize.area * planes)
    draw(self, &newImage, &newLabels)
    precondition(
      newImage.count == newSize.area * channels && newLabels.count == newSize.area * planes,
      "image and labels do not fill the size")
    swap(&newImage, &image)
    swap(&newLabels, &labels)
    swap(&newImage, &spareImage)
    swap(&newLabels, &spareLabels)
    size = newSize
  }

  /// As ``redraw(as:_:)``, where labels stay as they are.
  mutating func redrawImage(_ draw: (_ old: Sample, _ image: inout [Float]) -> Void) {
    var newImage: [Float] = []
    swap(&newImage, &spareImage)
    newImage.resize(to: image.count)
    draw(self, &newImage)
    swap(&newImage, &image)
    swap(&newImage, &spareImage)
  }

  /// Lends memory that is used again: at least `floats` and `bytes` values, of whatever content.
  mutating func withScratch(
    floats: Int = 0, bytes: Int = 0,
    _ body: (
      inout Sample, UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<UInt8>
    ) -> Void
  ) {
    var (lentFloats, lentBytes): ([Float], [UInt8]) = ([], [])
    swap(&lentFloats, &scratchFloats)
    swap(&lentBytes, &scratchBytes)
    if lentFloats.count < floats { lentFloats.resize(to: floats) }
    if lentBytes.count < bytes { lentBytes.resize(to: bytes) }
    lentFloats.withUnsafeMutableBufferPointer { floats in
      lentBytes.withUnsafeMutableBufferPointer { bytes in body(&self, floats, bytes) }
    }
    swap(&lentFloats, &scratchFloats)
    swap(&lentBytes, &scratchBytes)
  }

  /// Lets `body` fill the first partners, of which there are `count` then.
  mutating func withPartners<Failure: Error>(
    _ count: Int, _ body: (inout [Sample]) throws(Failure) -> Void
  ) throws(Failure) {
    var lent: [Sample] = []
    swap(&lent, &partners)
    defer { swap(&lent, &partners) }
    while lent.count < count { lent.append(empty) }
    try body(&lent)
  }

  /// Lends each image of the stack as a sample of its own, with the labels of this one.
  ///
  /// - Parameter change: changes values; gets the image's number in the list's line.
  mutating func changeEachImage(_ change: (_ image: inout Sample, _ number: Int) -> Void) {
    var lent: [Sample] = []
    swap(&lent, &stackedImages)
    let parts = stack.stackedImages
    if lent.isEmpty {
      lent = parts.map { part in
        var stacked = Sample(
          size: Size(height: 0, width: 0), channels: part.channels, image: [], labels: [],
          planes: planes, fill: Array(fill[part.range]))
        stacked.slice = part.offset / stack.slices.spacing + stack.slices.before
        return stacked
      }
    }
    for (index, part) in parts.enumerated() {
      let values = size.area * part.firstChannel..<size.area * part.range.upperBound
      lent[index].size = size
      lent[index].image.resize(to: values.count)
      lent[index].image.replace(0, by: image, values)
      swap(&lent[index].labels, &labels)
      change(&lent[index], part.image)
      swap(&lent[index].labels, &labels)
      image.replace(values.lowerBound, by: lent[index].image, 0..<values.count)
    }
    swap(&lent, &stackedImages)
  }

  /// Lends each slice of a patch of a volume as an image of its own.
  ///
  /// - Parameter change: changes images and labels, the size too, but that of all slices alike.
  mutating func changeEachSlice(_ change: (_ slice: inout Sample) -> Void) {
    precondition(lambda == 1 && size.height.isMultiple(of: depth), "a mixed sample has no slices")
    var lent: [Sample] = []
    swap(&lent, &lentSlices)
    if lent.isEmpty {
      lent = [
        Sample(
          size: Size(height: 0, width: 0), stack: stack, image: [], labels: [], planes: planes,
          fill: fill, scale: scale)
      ]
    }
    let area = size.area / depth
    var (newImage, newLabels): ([Float], [Label]) = ([], [])
    swap(&newImage, &spareImage)
    swap(&newLabels, &spareLabels)
    for index in 0..<depth {
      lent[0].slice = index
      lent[0].size = Size(height: size.height / depth, width: size.width)
      lent[0].image.resize(to: channels * area)
      lent[0].labels.resize(to: planes * area)
      for (plane, start) in (0..<channels).map({ ($0, ($0 * depth + index) * area) }) {
        lent[0].image.replace(plane * area, by: image, start..<start + area)
      }
      for (plane, start) in (0..<planes).map({ ($0, ($0 * depth + index) * area) }) {
        lent[0].labels.replace(plane * area, by: labels, start..<start + area)
      }
      change(&lent[0])
      let drawn = lent[0].size.area
      newImage.resize(to: channels * depth * drawn)
      newLabels.resize(to: planes * depth * drawn)
      for plane in 0..<channels {
        let target = (plane * depth + index) * drawn
        newImage.replace(target, by: lent[0].image, plane * drawn..<(plane + 1) * drawn)
      }
      for plane in 0..<planes {
        let target = (plane * depth + index) * drawn
        newLabels.replace(target, by: lent[0].labels, plane * drawn..<(plane + 1) * drawn)
      }
    }
    size = Size(height: depth * lent[0].size.height, width: lent[0].size.width)
    swap(&newImage, &image)
    swap(&newLabels, &labels)
    swap(&newImage, &spareImage)
    swap(&newLabels, &spareLabels)
    swap(&lent, &lentSlices)
  }

  /// Becomes another sample, in the memory of this one.
  package mutating func replace(by loaded: LoadedSample) {
    precondition(loaded.raster.channels == channels)
    lambda = 1
    size = loaded.raster.size
    image.resize(to: size.area * channels)
    if let scale {
      scale.unpack(loaded.raster, into: &image)
    } else {
      ck_planes_from_pixels(loaded.raster.pixels, &image, size.area, Int32(channels))
    }
    precondition(loaded.labels.count == planes * size.area)
    labels.resize(to: planes * size.area)
    labels.withUnsafeMutableBufferPointer { target in
      if let start = target.baseAddress { loaded.labels.copy(to: start) }
    }
  }
}
