internal import Digest
internal import Groundwork

/// What reading a sample's files told of them.
package struct SampleFacts: Sendable, Hashable {
  /// As the files store it.
  let originalSize: Size
  package let digest: SampleDigest
  /// True where its images show one value everywhere: that another looks the same makes it no copy.
  let isUniform: Bool
  /// In the order of ``ListedSample/stackedImages``.
  let depths: [PixelDepth]
  /// Which value of a binary mask is class 1; `nil` where it has none or was read before.
  let white: Int?
  /// The least and the greatest sample of each image; `nil` where they are of 8 bits. Empty where
  /// nobody looked.
  var extents: [ClosedRange<Double>?] = []
  /// Those of the slices of a patch of a volume; else empty.
  var slices: [SampleFacts] = []

  /// In the order of ``ListedSample/parts``.
  var parts: [SampleFacts] { slices.isEmpty ? [self] : slices }
}

extension SampleFacts {
  /// - Parameter slices: at least one.
  init(slices: [SampleFacts]) {
    self.init(
      originalSize: slices[0].originalSize,
      digest: SampleDigest(slices: slices.map(\.digest)),
      isUniform: slices.allSatisfy(\.isUniform), depths: slices[0].depths, white: nil,
      slices: slices)
  }
}

/// What is in a sample's files.
package struct SampleContent: Sendable, Hashable {
  let facts: SampleFacts
  /// Pixels as the files store them; what is outside a region is ignored.
  let labels: LabelTally
  /// How many of the patches that it is cut into would be trained on; 1 where it is not cut.
  let trainedParts: Int
}

/// How often classes occur in the masks of a list, before images are resized or cut.
package struct LabelTable: Sendable, Hashable, Codable {
  /// `[K]`: labelled pixels of each class.
  package private(set) var pixels: [UInt64]
  /// `[K]`: images that show the class.
  package private(set) var images: [Int]
  package private(set) var allPixels: UInt64 = 0
  package private(set) var ignoredPixels: UInt64 = 0
  package private(set) var allImages = 0
  /// Images without a labelled pixel.
  package private(set) var unlabelledImages = 0

  init(classes: Int) {
    pixels = Array(repeating: 0, count: classes)
    images = Array(repeating: 0, count: classes)
  }

  package mutating func add(_ tally: LabelTally) {
    allPixels += tally.all
    ignoredPixels += tally.ignored
    allImages += 1
    if tally.labelled == 0 { unlabelledImages += 1 }
    for (id, count) in tally.pixels.enumerated() {
      pixels[id] += count
      if count > 0 { images[id] += 1 }
    }
  }

  package var labelledPixels: UInt64 { allPixels - ignoredPixels }
}
