internal import CKernels

/// How many pixels of an image show each class.
package struct LabelTally: Sendable, Hashable {
  /// `[K]`; where classes overlap a pixel counts for each that it is of.
  package var pixels: [UInt64]
  /// Pixels that are ignored.
  package var ignored: UInt64
  /// All pixels of the image.
  package var all: UInt64

  package init(pixels: [UInt64], ignored: UInt64, all: UInt64) {
    (self.pixels, self.ignored, self.all) = (pixels, ignored, all)
  }

  var labelled: UInt64 { all - ignored }
}

extension LabelPlanes {
  /// Counts one plane whose labels are below a number of values, or ignored.
  ///
  /// - Precondition: no label is anything else.
  package func tally(plane: Int, values: Int) -> LabelTally {
    let area = size.area
    var counts = [UInt64](repeating: 0, count: values + 1)
    labels.withUnsafeBufferPointer { labels in
      guard let start = labels.baseAddress else { return }
      let stray = ck_label_counts(start + plane * area, area, Int32(values), &counts)
      precondition(stray < 0, "label \(stray) with \(values) values")
    }
    return LabelTally(
      pixels: Array(counts[..<values]), ignored: counts[values], all: UInt64(area))
  }
}
