package import Groundwork

/// A data set of another tool's layout, understood: what its classes are and where the truth of every image
/// is. Nothing of it is copied or drawn yet.
package struct AnnotatedDataSet: Sendable {
  /// In the order of their ids.
  package var classes: [AnnotatedClass]
  package var masks = MaskFiles.ids
  /// Values of mask files that never count, ascending.
  package var ignore: [Int] = []
  /// Names and colors that masks hold and that never count.
  package var ignoredColors: [AnnotatedClass] = []
  package var samples: [AnnotatedSample]
  /// What was left out, or understood in one of several ways.
  package var warnings: [String] = []
  /// The channels of each image of a sample; `nil` where the images say it.
  package var channels: [Int]?

  package init(classes: [AnnotatedClass], samples: [AnnotatedSample]) {
    (self.classes, self.samples) = (classes, samples)
  }

  /// What mask files hold that are there already, as `data` of a spec says it.
  package enum MaskFiles: Sendable, Hashable {
    case ids
    /// A name of `data.values`.
    case named(String)
    case values([Int: Int])
    /// The colors of the class file.
    case colors
    /// A palette that `data.colors` knows by name.
    case palette(String)
  }

  /// What pixels of drawn masks hold that never count.
  package var drawnIgnore: Int { classes.count <= 255 ? 255 : 65_535 }

  package var hasDrawnMasks: Bool { samples.contains { $0.truth.isDrawn } }
}

package struct AnnotatedClass: Sendable, Hashable {
  package let name: String
  package let color: RGB?

  package init(_ name: String, _ color: RGB? = nil) { (self.name, self.color) = (name, color) }
}

/// What an image is for.
package enum Part: String, Sendable, CaseIterable {
  case train, validation, test
}

/// An image, or several of the same pixels, and its truth.
package struct AnnotatedSample: Sendable {
  /// `nil` where the layout leaves it open.
  package var part: Part?
  /// Paths of files.
  package var images: [String]
  package var truth: Truth
  /// A file with a number for each object, where the layout has one.
  package var instances: String?

  package enum Truth: Sendable {
    /// A mask that is there already.
    case file(String)
    case drawn(Drawing)
    /// Nobody labelled it, as the images of a challenge's test set.
    case none

    package var isDrawn: Bool { if case .drawn = self { true } else { false } }
  }

  init(part: Part? = nil, image: String, truth: Truth, instances: String? = nil) {
    (self.part, images, self.truth, self.instances) = (part, [image], truth, instances)
  }

  init(part: Part? = nil, images: [String], truth: Truth) {
    (self.part, self.images, self.truth) = (part, images, truth)
  }
}

/// How a mask is drawn from annotations.
package struct Drawing: Sendable {
  /// The size that the annotation says its image has; `nil` where it says none.
  package let size: Size?
  /// Where the annotation is, for messages.
  let place: AnnotationPlace
  package let draw: @Sendable (inout Canvas) throws(LayoutError) -> Void
}

/// Where an annotation stands.
struct AnnotationPlace: Sendable {
  let file: String
  var line: Int?
}
