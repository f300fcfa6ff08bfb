/// A call of libhdf5 that failed, or a file that does not hold what it should.
struct HDF5Error: Error, Hashable, CustomStringConvertible {
  /// What was attempted, e.g. `open the dataset 'training/loss'`.
  let action: String
  /// In libhdf5's words, the innermost first.
  let causes: [String]

  var description: String {
    let reason = causes.isEmpty ? "" : ": " + causes.joined(separator: ", because of: ")
    return "cannot \(action)\(reason)"
  }
}
