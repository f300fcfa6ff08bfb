package import Groundwork

/// How masks become the truth of a sample: which files it has, what their pixels mean, and what is
/// trained on and judged of them.
///
/// The truth of a sample is planes of labels. Augmentations move every plane alike, each pixel taking
/// the label of the nearest one; what cannot be moved so is derived afterwards. Letters: P planes, K
/// classes, H height, W width.
package protocol TruthReading: Sendable {
  /// The name of the task that reads so.
  var task: String { get }
  /// What the derived planes hold.
  var form: TruthForm { get }
  /// How many classes a data set may have.
  var classBounds: ClosedRange<Int> { get }

  /// How many mask files a line of a list names.
  func masks(classes: Int) -> Int
  /// P of a sample as it is read and augmented.
  func planes(classes: Int) -> Int
  /// What the pixels of each of the masks mean; the labels of mask p are plane p.
  func maskCodings(_ masks: MaskSettings) -> [MaskCoding]
  /// Labels of the planes that are read are below this number, or ignored.
  func labelValues(classes: Int) -> Int
  /// How many pixels show each class.
  func tally(_ labels: LabelPlanes, classes: Int) -> LabelTally
  /// True where the pixels of a mask say which class they are of. Else a mask is of one class, and is
  /// not 0 where that is; a pixel may be of none, so that masks of zeros alone are no mistake.
  var masksHoldClasses: Bool { get }

  /// True where something is trained on and judged other than what was read and augmented.
  var derivesTruth: Bool { get }
  /// P of what is trained on and judged.
  func derivedPlanes(classes: Int) -> Int
  /// Writes what is trained on and judged, once augmentations are done.
  ///
  /// - Parameters:
  ///   - labels: `[P, H, W]` as read and augmented.
  ///   - derived: `[P, H, W]` of ``derivedPlanes(classes:)``, to be written whole.
  func derive(
    _ labels: UnsafePointer<Label>, into derived: UnsafeMutablePointer<Label>, size: Size,
    classes: Int)
}

extension TruthReading {
  package var derivesTruth: Bool { false }

  /// As many as are read.
  package func derivedPlanes(classes: Int) -> Int { planes(classes: classes) }

  package func derive(
    _ labels: UnsafePointer<Label>, into derived: UnsafeMutablePointer<Label>, size: Size,
    classes: Int
  ) {
    derived.update(from: labels, count: planes(classes: classes) * size.area)
  }

  /// What is trained on and judged.
  package func truth(classes: Int) -> Truth {
    Truth(
      task: task, form: form, classes: classes, classBounds: classBounds,
      planes: derivedPlanes(classes: classes))
  }

  /// What is trained on and judged of labels `[P, H, W]` as they were read and augmented.
  package func derived(_ labels: [Label], size: Size, classes: Int) -> [Label] {
    guard derivesTruth else { return labels }
    return [Label].filled(count: derivedPlanes(classes: classes) * size.area) {
      derive(labels, into: $0, size: size, classes: classes)
    }
  }
}

/// A reading as a part of values that are compared: two are the same where they are of one task.
struct ReadingChoice: Sendable, Hashable {
  let reading: any TruthReading

  static func == (one: Self, other: Self) -> Bool { one.reading.task == other.reading.task }

  func hash(into hasher: inout Hasher) { hasher.combine(reading.task) }
}
