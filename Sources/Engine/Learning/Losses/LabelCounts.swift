internal import CKernels
internal import Groundwork

/// How often each class occurs in the labels of a batch.
struct LabelCounts {
  private let counts = LossScratch<UInt64>(repeating: 0, count: 256)
  let classes: Int

  init(classes: Int) { self.classes = classes }

  /// - Precondition: every label is a class or ``Labels/ignored``; data are checked on reading.
  func update(_ labels: UnsafePointer<UInt8>, count: Int) {
    ck_label_counts(labels, count, counts.pointer)
    for label in classes..<Int(Labels.ignored) where counts.pointer[label] > 0 {
      preconditionFailure("label \(label) with \(classes) classes")
    }
  }

  subscript(label: Int) -> UInt64 { counts.pointer[label] }

  /// Pixels that are not ignored.
  var valid: UInt64 { (0..<classes).reduce(0) { $0 + self[$1] } }
}
