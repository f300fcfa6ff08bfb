/// How images become the input of a run's network, and what the training labels held: with the spec and
/// a checkpoint all that it takes to use the network elsewhere.
package struct InputRecord: Sendable, Codable, Hashable {
  /// Of patches of volumes, in slices; `nil` for images.
  package var depth: Int?
  /// Of what the network sees, in pixels.
  package var height: Int
  package var width: Int
  /// What the samples of images are: `uint8`, `uint16` or `float32`.
  package var samples: String
  /// In the order of the network's input.
  package var channels: [Channel]
  /// True where the mean stands beyond the border of an image though it is not subtracted.
  package var fillsWithMean: Bool
  package var classes: [ClassCount]

  /// normalized = ((sample − black) / (white − black) − mean) / std.
  package struct Channel: Sendable, Codable, Hashable {
    package var black: Double
    package var white: Double
    package var mean: Double
    package var std: Double
    /// The range that augmentations work in: these samples are their 0 and 255.
    package var lowest: Double
    package var highest: Double
    /// The sample that stands for one that is not there.
    package var missing: Double

    package init(
      black: Double, white: Double, mean: Double, std: Double, lowest: Double, highest: Double,
      missing: Double
    ) {
      (self.black, self.white, self.mean, self.std) = (black, white, mean, std)
      (self.lowest, self.highest, self.missing) = (lowest, highest, missing)
    }
  }

  /// A class, in the order of the ids.
  package struct ClassCount: Sendable, Codable, Hashable {
    package var name: String
    /// `#RRGGBB`; `nil` in records that were made before colours could be chosen.
    package var color: String?
    /// Pixels of the class in the training labels.
    package var pixels: UInt64
    /// Labelled pixels of the training images that show the class.
    package var pixelsOfImages: UInt64

    package init(name: String, color: String?, pixels: UInt64, pixelsOfImages: UInt64) {
      (self.name, self.color) = (name, color)
      (self.pixels, self.pixelsOfImages) = (pixels, pixelsOfImages)
    }
  }

  package init(
    depth: Int? = nil, height: Int, width: Int, samples: String, channels: [Channel],
    fillsWithMean: Bool,
    classes: [ClassCount]
  ) {
    (self.depth, self.height, self.width, self.samples) = (depth, height, width, samples)
    (self.channels, self.fillsWithMean, self.classes) = (channels, fillsWithMean, classes)
  }
}
