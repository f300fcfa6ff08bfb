extension Comparison {
  /// What stands below a table for people: the answer, what is left out, and the notes with their
  /// numbers.
  package var sentences: [String] {
    ([answer?.sentence, legend].compactMap { $0 })
      + notes.enumerated().map { "note \($0 + 1): \($1)" }
  }

  /// `31 equal columns left out (--all) · tests against the best row, which was picked`
  package var legend: String? {
    var parts: [String] = []
    if equalColumns > 0 {
      parts.append(
        "\(equalColumns) equal column\(equalColumns == 1 ? "" : "s") left out (--all)")
    }
    if let baseline {
      let kinds = Set(rows.compactMap { $0.test?.kind })
      let how =
        kinds.contains(.folds)
        ? "corrected for folds that share training images"
        : kinds == [.unpaired]
          ? "without pairs: no seed is shared"
          : replicates == "runs" ? "paired by seed and by what else differs" : "paired by seed"
      parts.append(
        baseline.isChosen
          ? "tests against row \(baseline.row + 1), \(how)"
          : "tests against the best row, which was picked, so that they favour it; \(how)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// `scenes · 9 rows over seeds · mean IoU @ best`
  package var title: String {
    let experiments = Set(rows.flatMap { $0.runs.map(\.experiment) }).sorted()
    let runs = rows.reduce(0) { $0 + $1.runs.count }
    let count = "\(rows.count) row\(rows.count == 1 ? "" : "s")"
    let size =
      runs == rows.count
      ? count : "\(count), \(runs) runs" + (replicates == "runs" ? "" : " over \(replicates)")
    let named =
      experiments.count > 3
      ? "\(experiments.count) experiments" : experiments.joined(separator: ", ")
    return [named, size, "by \(objective.title)"].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

extension Comparison.Stamp {
  /// `experiments compare scenes · store 12ab34cd · experiments 0.1.0`
  package var text: String { "\(query) · store \(store) · \(program)" }
}
