/// What a data set says of its masks: a value that every mask of it is read by.
package struct MaskSettings: Sendable, Hashable {
  package var meaning: MaskMeaning
  /// The names of the classes in the order of their ids.
  package var classes: [String]
  /// Mask values that never count, whatever ``meaning`` says of them.
  package var ignore: Set<Int>

  package init(_ meaning: MaskMeaning = .classIDs, classes: [String], ignore: Set<Int> = []) {
    (self.meaning, self.classes, self.ignore) = (meaning, classes, ignore)
  }
}
