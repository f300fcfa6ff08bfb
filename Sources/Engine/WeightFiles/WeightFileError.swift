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
