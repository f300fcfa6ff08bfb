package import Groundwork

/// A mask for each class, which says where it is: classes may overlap.
package struct MasksOfEachClass: TruthReading {
  package let task: String
  package let form = TruthForm.binaryPlanes
  package let masksHoldClasses = false

  package init(task: String) { self.task = task }

  /// Where every class is asked for by itself, one is enough.
  package var classBounds: ClosedRange<Int> { 1...Labels.maximumClasses }

  package func masks(classes: Int) -> Int { classes }

  package func planes(classes: Int) -> Int { classes }

  package func maskCodings(_ masks: MaskSettings) -> [MaskCoding] {
    Array(repeating: MaskCoding(ofOneClass: masks), count: masks.classes.count)
  }

  /// Each plane holds 0 and 1.
  package func labelValues(classes: Int) -> Int { 2 }

  package func tally(_ labels: LabelPlanes, classes: Int) -> LabelTally {
    let area = labels.size.area
    return LabelTally(
      pixels: (0..<classes).map { labels.tally(plane: $0, values: 2).pixels[1] },
      ignored: UInt64(area - labels.labelledPixels), all: UInt64(area))
  }
}
