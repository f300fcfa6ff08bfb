extension DataProblem {
  /// - Parameter reading: where a pixel may be of no class, those that are do not help either.
  static func noLabel(of kind: String, _ reading: (any TruthReading)? = nil) -> DataProblem {
    let others = reading?.masksHoldClasses == false ? "0 or in data.ignore" : "in data.ignore"
    return DataProblem("no pixel of the \(kind) masks has a label: all are \(others)")
  }
}
