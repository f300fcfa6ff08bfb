/// A file from which no weights can be read.
package struct WeightFileError: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// What is wrong, e.g. `it is a TorchScript archive`.
  package let reason: String
  /// What a person can do about it; empty where nothing helps.
  package let remedy: String

  init(file: String, _ refusal: Refusal) {
    self.file = file
    reason = refusal.reason
    remedy = refusal.remedy
  }

  package var description: String {
    "cannot read weights from '\(file)': \(reason)\(remedy.isEmpty ? "" : ": \(remedy)")"
  }
}

/// Why a reader turns its bytes down; the readers do not know the file's name.
struct Refusal: Error, Hashable {
  let reason: String
  let remedy: String

  init(_ reason: String, remedy: String = "") {
    self.reason = reason
    self.remedy = remedy
  }

  /// Bytes that contradict each other or their format.
  static func damaged(_ reason: String) -> Refusal {
    Refusal(reason, remedy: "fetch the file again, and compare its digest with its source's")
  }

  static let truncated = Refusal.damaged("it ends early")
}
