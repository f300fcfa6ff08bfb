package import Groundwork

/// What boxes say of a prediction (Khoreva et al. 2017): a pixel is of a class only where a box of the class holds
/// it, and a box holds an object that fills a good part of it.
package struct BoxConstraint: Sendable {
  private let mask: BoxMask
  /// K.
  private let classes: Int
  /// `[K, H, W]`: whether a pixel may be of the class.
  private let isAllowed: [Bool]

  package init(_ boxes: [LabelBox], size: Size, classes: Int) {
    let mask = BoxMask(boxes, size: size)
    var isAllowed = [Bool](repeating: false, count: classes * size.area)
    for place in 0..<size.area { isAllowed[place] = true }
    for box in boxes where Int(box.label) < classes {
      for place in mask.places(of: box) { isAllowed[Int(box.label) * size.area + place] = true }
    }
    (self.mask, self.classes, self.isAllowed) = (mask, classes, isAllowed)
  }

  /// Takes the probabilities of classes that a pixel cannot have, and shares them out among those that it can in
  /// their proportion; a pixel that was sure to be of such a class becomes background.
  ///
  /// - Parameter probabilities: `[K, H, W]`.
  package func apply(to probabilities: inout [Float]) {
    let area = mask.size.area
    precondition(probabilities.count == classes * area)
    for place in 0..<area {
      var sum: Float = 0
      for label in 0..<classes {
        if isAllowed[label * area + place] {
          sum += probabilities[label * area + place]
        } else {
          probabilities[label * area + place] = 0
        }
      }
      guard sum > 0 else {
        probabilities[place] = 1
        continue
      }
      for label in 0..<classes { probabilities[label * area + place] /= sum }
    }
  }

  /// `[K, H, W]`: what boxes alone say. In the core of the box that is in front a pixel is of its class; in the
  /// rest of boxes each class that a pixel may have is as probable as the others; elsewhere is background.
  ///
  /// - Parameter core: the share of a box's area around its center.
  package func prior(core: Double) -> [Float] {
    let (area, fronts) = (mask.size.area, mask.fronts)
    var prior = isAllowed.map { $0 ? Float(1) : 0 }
    for (index, box) in mask.boxes.enumerated() {
      for place in mask.places(of: box.inner(core)) where fronts[place] == Int32(index + 1) {
        for label in 0..<classes {
          prior[label * area + place] = label == Int(box.label) ? 1 : 0
        }
      }
    }
    apply(to: &prior)
    return prior
  }

  /// Gives boxes back what was in them where a prediction leaves too little of their class.
  ///
  /// - Parameters:
  ///   - labels: the prediction, `[H, W]`, which the boxes have constrained.
  ///   - given: what was labelled before, `[H, W]`.
  ///   - least: the intersection over union of a box with the pixels of its class in it, below which that is so.
  package func restore(_ labels: inout [Label], from given: [Label], below least: Double) {
    let fronts = mask.fronts
    let predicted = labels
    for (index, box) in mask.boxes.enumerated() {
      let places = mask.places(of: box)
      let found = places.count { predicted[$0] == box.label }
      guard Double(found) < least * Double(places.count) else { continue }
      for place in places where fronts[place] == Int32(index + 1) { labels[place] = given[place] }
    }
  }
}
