internal import Groundwork

extension DataProblem {
  /// - Parameter labelling: `.multiple` where a pixel that is of no class does not help either.
  static func noLabel(of kind: String, _ labelling: Labelling = .exclusive) -> DataProblem {
    let others = labelling == .multiple ? "0 or in data.ignore" : "in data.ignore"
    return DataProblem("no pixel of the \(kind) masks has a label: all are \(others)")
  }
}

extension LoadedSample {
  /// Whether any pixel counts.
  package var isLabelled: Bool { labels.contains { $0 != Labels.ignored } }
}
