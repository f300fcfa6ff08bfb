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
  /// Tells readings of one task with other settings apart.
  var settings: String { get }
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

  /// True where a label means the same in every image, and false where it tells objects of one image apart.
  var labelsMeanTheSame: Bool { get }
  /// True where samples are points and no images: neighbors in memory are none in space.
  var samplesArePoints: Bool { get }
  /// True where the scenes that the program draws, with one mask of classes each, can be read so.
  var readsScenes: Bool { get }

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

  /// What losses compare a network's outputs with, where that is a part of what predictions are judged by.
  ///
  /// - Returns: `nil` where it is all of it.
  func target(classes: [String]) -> TrainingTarget?
}

/// What a network is trained on, where predictions are judged by other planes as well.
package struct TrainingTarget: Sendable, Hashable {
  /// The names of the channels that learn it; of classes those of its labels.
  package var names: [String]
  /// Which of the planes that predictions are judged by it is, or follows from.
  package var plane: Int
  /// What that plane holds.
  package var form: TruthForm

  package init(names: [String], plane: Int, form: TruthForm = .classes) {
    (self.names, self.plane, self.form) = (names, plane, form)
  }
}

extension TruthReading {
  package var settings: String { "" }

  package var readsScenes: Bool { masksHoldClasses }
  package var labelsMeanTheSame: Bool { true }
  package var samplesArePoints: Bool { false }

  package func target(classes: [String]) -> TrainingTarget? { nil }

  package var derivesTruth: Bool { false }

  /// As many as are read.
  package func derivedPlanes(classes: Int) -> Int { planes(classes: classes) }

  package func derive(
    _ labels: UnsafePointer<Label>, into derived: UnsafeMutablePointer<Label>, size: Size,
    classes: Int
  ) {
    derived.update(from: labels, count: planes(classes: classes) * size.area)
  }

  /// What predictions are judged by.
  package func truth(classes: Int) -> Truth {
    Truth(
      task: task, form: form, classes: classes, classBounds: classBounds,
      planes: derivedPlanes(classes: classes), isOfPoints: samplesArePoints)
  }

  /// What losses compare a network's outputs with.
  package func trainedTruth(classes: Int) -> Truth {
    guard let target = target(classes: classes) else { return truth(classes: classes) }
    return Truth(
      task: task, form: target.form, classes: target.names.count,
      classBounds: 2...Labels.maximumClasses, planes: 1)
  }

  /// Where that lies among the planes that predictions are judged by.
  private func target(classes: Int) -> TrainingTarget? {
    target(classes: (0..<classes).map { "\($0)" })
  }

  /// Which of the planes that predictions are judged by losses look at first.
  package func trainedPlane(classes: Int) -> Int { target(classes: classes)?.plane ?? 0 }

  /// Writes what is trained on, once augmentations are done.
  ///
  /// - Parameters:
  ///   - labels: `[P, H, W]` as read and augmented.
  ///   - trained: `[P, H, W]` of ``trainedTruth(classes:)``, to be written whole.
  func deriveTrained(
    _ labels: UnsafePointer<Label>, into trained: UnsafeMutablePointer<Label>, size: Size,
    classes: Int
  ) {
    guard let target = target(classes: classes) else {
      return derive(labels, into: trained, size: size, classes: classes)
    }
    let all = [Label].filled(count: derivedPlanes(classes: classes) * size.area) {
      derive(labels, into: $0, size: size, classes: classes)
    }
    all.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress else { return }
      trained.update(from: start + target.plane * size.area, count: size.area)
    }
  }

  /// What is trained on and judged of labels `[P, H, W]` as they were read and augmented.
  package func derived(_ labels: [Label], size: Size, classes: Int) -> [Label] {
    guard derivesTruth else { return labels }
    return [Label].filled(count: derivedPlanes(classes: classes) * size.area) {
      derive(labels, into: $0, size: size, classes: classes)
    }
  }
}

/// A reading as a part of values that are compared: two are the same where they are of one task with the
/// same settings.
struct ReadingChoice: Sendable, Hashable {
  let reading: any TruthReading

  static func == (one: Self, other: Self) -> Bool {
    one.reading.task == other.reading.task && one.reading.settings == other.reading.settings
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(reading.task)
    hasher.combine(reading.settings)
  }
}
