/// What a network sees of a sample: one image or several of the same pixels, each alone or with its
/// neighbours in a volume, all as channels of one input.
///
/// Channels lie image by image in the order of the list's line, within an image slice by slice from
/// the first to the last, within a slice as the image has them.
package struct ImageStack: Sendable, Hashable {
  /// The number of channels of each image of a sample: 1 (gray), 3 (RGB) or any other.
  package let images: [Int]
  package let slices: Slices
  /// What the axes of the volumes' datasets are; `nil` where they say it themselves, or are slices × height ×
  /// width × channels.
  package let axes: VolumeAxes?
  /// How files of points become samples; `nil` where these are images.
  package let points: PointSettings?

  /// Which neighbours of a slice are seen beside it (2.5D); labels are of the slice itself.
  ///
  /// Where the volume has no slice so far away its last one is seen once more.
  package struct Slices: Sendable, Hashable {
    package var before: Int
    package var after: Int
    /// Slices from one that is seen to the next.
    package var spacing: Int

    package init(before: Int = 0, after: Int = 0, spacing: Int = 1) {
      self.before = before
      self.after = after
      self.spacing = spacing
    }

    /// How many slices are seen together.
    package var count: Int { before + 1 + after }
  }

  /// That an image may have.
  package static let maximumChannels = 64

  package init(
    images: [Int], slices: Slices = Slices(), axes: VolumeAxes? = nil, points: PointSettings? = nil
  ) {
    self.images = images
    self.slices = slices
    self.axes = axes
    self.points = points
  }

  /// Points, whose channels the settings say.
  package init(points: PointSettings) { self.init(images: [points.channels], points: points) }

  /// A single image.
  package init(channels: Int) { self.init(images: [channels]) }

  /// The number of channels of the network's input.
  package var channels: Int { images.reduce(0, +) * slices.count }

  /// An image of the stack: one of the line's, or a neighbour of it.
  package struct StackedImage: Hashable {
    /// Which of the line's images.
    package let image: Int
    /// Slices from the sample's own.
    package let offset: Int
    /// The place of its first channel among all.
    let firstChannel: Int
    package let channels: Int

    package var range: Range<Int> { firstChannel..<firstChannel + channels }
  }

  /// In the order of their channels.
  var stackedImages: [StackedImage] {
    var stacked: [StackedImage] = []
    var first = 0
    for (image, channels) in images.enumerated() {
      for slice in -slices.before...slices.after {
        stacked.append(
          StackedImage(
            image: image, offset: slice * slices.spacing, firstChannel: first, channels: channels))
        first += channels
      }
    }
    return stacked
  }

  var hasSeveralImages: Bool { images.count > 1 || slices.count > 1 }

  /// What people are shown: the sample's own slice of its first image, and of that the first three
  /// channels as red, green and blue, or the first alone where there are fewer.
  package var shownImage: StackedImage {
    StackedImage(
      image: 0, offset: 0, firstChannel: slices.before * images[0],
      channels: images[0] < 3 ? 1 : 3)
  }

  /// The channels of one image, those of its neighbours with them.
  package func range(ofImage image: Int) -> Range<Int> {
    let first = images[..<image].reduce(0, +) * slices.count
    return first..<first + images[image] * slices.count
  }

  /// One image of it as a stack of its own.
  package func alone(image: Int) -> ImageStack {
    ImageStack(images: [images[image]], slices: slices, axes: axes, points: points)
  }

  /// `[channels]` from values of each image's channels, which all its slices share.
  package func repeated<Value>(_ values: [Value]) -> [Value] {
    precondition(values.count == images.reduce(0, +), "a value for each channel of the images")
    var first = 0
    return images.flatMap { channels in
      defer { first += channels }
      return (0..<slices.count).flatMap { _ in values[first..<first + channels] }
    }
  }
}
