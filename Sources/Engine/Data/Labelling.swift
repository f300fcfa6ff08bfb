/// What the label of a pixel says.
package enum Labelling: String, Sendable, Hashable, CaseIterable {
  /// The class that it is of, by its id.
  case exclusive
  /// Whether it is of a class, in a plane for each: 1 where it is, 0 where it is not.
  case multiple

  package var maximumClasses: Int { Labels.maximumClasses }

  /// A pixel that is of one class must have another to be of; where every class is asked for by
  /// itself, one is enough.
  package var minimumClasses: Int { self == .multiple ? 1 : 2 }

  /// Labels of so many classes are below this, or ignored.
  func labelValues(classes: Int) -> Int { self == .multiple ? 2 : classes }

  /// P, of the labels of each pixel.
  func planes(classes: Int) -> Int { self == .multiple ? classes : 1 }

  /// Mask files of a sample.
  func masks(classes: Int) -> Int { self == .multiple ? classes : 1 }
}

extension Labelling {
  /// - Returns: how many pixels show each class.
  func tally(_ labels: LabelPlanes, classes: Int) -> LabelTally {
    let (area, values) = (labels.size.area, labelValues(classes: classes))
    let counts = LabelCounts(classes: values)
    var tally = LabelTally(
      pixels: Array(repeating: 0, count: classes), ignored: 0, all: UInt64(area))
    labels.labels.withUnsafeBufferPointer { labels in
      guard let start = labels.baseAddress else { return }
      for plane in 0..<planes(classes: classes) {
        counts.update(start + plane * area, count: area)
        switch self {
        case .exclusive: for id in 0..<classes { tally.pixels[id] = counts[id] }
        case .multiple: tally.pixels[plane] = counts[1]
        }
      }
    }
    tally.ignored = UInt64(area - labels.labelledPixels)
    return tally
  }

  /// For what reads a label as a class.
  ///
  /// - Throws: ``ComponentError`` where a pixel may have several.
  func requireExclusive(field: String? = nil, remedy: String) throws(ComponentError) {
    guard self == .multiple else { return }
    throw ComponentError(
      field: field, "needs one class a pixel, but data.labels is multiple: \(remedy)")
  }
}

extension Labelling {
  /// - Parameter labels: `[P, H, W]`
  func tint(_ labels: [Label], area: Int, _ palette: ClassPalette) -> LabelTint {
    switch self {
    case .exclusive: palette.tint(classes: labels)
    case .multiple: palette.tint(planes: labels, area: area)
    }
  }
}
