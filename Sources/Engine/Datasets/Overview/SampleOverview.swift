internal import Digest
package import Groundwork

/// What one pass finds of a sample: enough for every number of an overview, and no pixels.
package struct SampleOverview: Sendable, Hashable {
  /// As the files store it.
  package let size: Size
  /// Of its own images in the order of its line.
  package let images: [ImageFacts]
  /// `nil` where it has no mask, or none that could be read.
  package let mask: MaskFacts?
  let digest: SampleDigest
  /// Which value of a binary mask is class 1; `nil` where it has none.
  let white: Int?

  package struct ImageFacts: Sendable, Hashable {
    package let channels: [ChannelValues]
    package let depth: PixelDepth
    /// True where it shows one colour everywhere.
    package let isBlank: Bool
    /// `nil` where it is blank: blank images look alike and are no copies.
    package let hash: PerceptualHash?
  }

  package struct MaskFacts: Sendable, Hashable {
    package let census: MaskCensus
    /// Different values that the masks hold; the most of them where there are several.
    package let values: Int
    /// True where the mask holds what the image shows.
    package let isImage: Bool
    /// True where the values are colours, red · 65536 + green · 256 + blue.
    package let isOfColours: Bool
  }

  /// True where all of its images are blank.
  package var isBlank: Bool { images.allSatisfy(\.isBlank) }

  /// The same as the checks before a training have it.
  var facts: SampleFacts {
    SampleFacts(
      originalSize: size, digest: digest, isUniform: isBlank, depths: images.map(\.depth),
      white: white,
      extents: images.map { image in
        let extents = image.channels.compactMap(\.extent)
        guard image.depth != .bits8, let least = extents.map(\.lowerBound).min(),
          let most = extents.map(\.upperBound).max()
        else { return nil }
        return least...most
      })
  }
}
