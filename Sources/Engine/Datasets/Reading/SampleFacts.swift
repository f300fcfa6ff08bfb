internal import Digest
package import Groundwork

/// What reading a sample's files told of them.
package struct SampleFacts: Sendable, Hashable {
  /// As the files store it.
  let originalSize: Size
  package let digest: SampleDigest
  /// Whether its images show one value everywhere: that another looks the same makes it no copy.
  let isUniform: Bool
  /// In the order of ``ListedSample/pictures``.
  let depths: [PixelDepth]
  /// Which value of a binary mask is class 1; `nil` where it has none or was read before.
  let white: Int?
  /// The least and the greatest sample of each picture; `nil` where they are of 8 bits. Empty where
  /// nobody looked.
  var extents: [ClosedRange<Double>?] = []
}

/// What is in a sample's files.
package struct SampleContent: Sendable, Hashable {
  package let facts: SampleFacts
  /// `[256]`: pixels of each label, as the files store them; what is outside a region is ignored.
  package let labels: [UInt64]
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

  package mutating func add(_ content: SampleContent, _ labelling: Labelling) {
    let ignored = content.labels[Int(Labels.ignored)]
    let all = content.labels.reduce(0, +)
    allPixels += all
    ignoredPixels += ignored
    allImages += 1
    if ignored == all { unlabelledImages += 1 }
    for id in pixels.indices {
      let count = labelling.pixels(ofClass: id, content.labels)
      pixels[id] += count
      if count > 0 { images[id] += 1 }
    }
  }

  package var labelledPixels: UInt64 { allPixels - ignoredPixels }
}

extension Labelling {
  /// - Parameter labels: `[256]`, pixels of each label.
  fileprivate func pixels(ofClass id: Int, _ labels: [UInt64]) -> UInt64 {
    switch self {
    case .exclusive: labels[id]
    case .multiple:
      labels.indices.reduce(0) { sum, label in
        label != Int(Labels.ignored) && label >> id & 1 == 1 ? sum + labels[label] : sum
      }
    }
  }
}
