internal import CKernels
internal import Groundwork

/// How often each class occurs in the labels of a batch.
struct LabelCounts {
  /// `[K + 1]`; what is ignored has the last place.
  private let counts: LossScratch<UInt64>
  let classes: Int

  init(classes: Int) {
    self.classes = classes
    counts = LossScratch(repeating: 0, count: classes + 1)
  }

  /// - Precondition: every label is a class or ``Labels/ignoreIndex``; data are checked on reading.
  func update(_ labels: UnsafePointer<Label>, count: Int) {
    let stray = ck_label_counts(labels, count, Int32(classes), counts.pointer)
    precondition(stray < 0, "label \(stray) with \(classes) classes")
  }

  subscript(label: Int) -> UInt64 { counts.pointer[label] }

  /// Pixels that are not ignored.
  var valid: UInt64 { (0..<classes).reduce(0) { $0 + self[$1] } }
}
