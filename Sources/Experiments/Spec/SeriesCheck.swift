internal import Learning

extension SpecDraft {
  /// Why no evaluation has the series, with what to do about it; `nil` where every evaluation has it,
  /// or where the parts that decide could not be read.
  func problem(withSeries name: String) -> (message: String, remedy: String?)? {
    SeriesCheck(
      evaluation: evaluation, classes: data?.classNames, sets: data?.validationSets
    ).problem(with: name)
  }
}

extension ExperimentSpec {
  /// The same of a spec that could be read.
  func problem(withSeries name: String) -> (message: String, remedy: String?)? {
    SeriesCheck(
      evaluation: evaluation, classes: data.classNames, sets: data.validationSets
    ).problem(with: name)
  }
}

/// Looks for the series that a training is judged or steered by.
private struct SeriesCheck {
  let evaluation: EvaluationSection?
  let classes: [String]?
  /// The names of the sets that validate.
  let sets: [String]?

  func problem(with name: String) -> (message: String, remedy: String?)? {
    if let evaluation, !evaluation.has(series: name) {
      return ("\(name), which no evaluation has", EvaluationSection.remedy(forSeries: name))
    }
    if let set = SeriesCatalog.standard.setName(of: name), let sets, !sets.contains(set) {
      return (
        "\(name), but no set of data.validation is called '\(set)'",
        sets.isEmpty
          ? "write data.validation: {\(set): LIST, …}" : SpecValue.suggestion(set, sets)
      )
    }
    guard let written = SeriesCatalog.standard.className(of: name), let classes, !classes.isEmpty,
      !classes.contains(written)
    else { return nil }
    return (
      "\(name), but no class is called '\(written)'", SpecValue.suggestion(written, classes)
    )
  }
}
