/// A call of libhdf5 that failed, or a file that does not hold what it should.
package struct HDF5Error: Error, Hashable, CustomStringConvertible {
  /// What was attempted, e.g. `open the dataset 'training/loss'`.
  package let action: String
  /// In libhdf5's words, the innermost first.
  package let causes: [String]

  package init(action: String, causes: [String]) {
    self.action = action
    self.causes = causes
  }

  package var description: String {
    // The innermost says what is wrong, the others by which way the library came there.
    "cannot \(action)\(causes.first.map { ": \($0)" } ?? "")"
  }
}
