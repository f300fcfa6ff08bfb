internal import Learning

extension SpecDraft {
  /// Why no round has the figure, with what to do about it; `nil` where every round has it, or where
  /// the parts that decide could not be read.
  func problem(withFigure name: String) -> (message: String, remedy: String?)? {
    FigureCheck(evaluation: evaluation, classes: data?.classNames).problem(with: name)
  }
}

extension ExperimentSpec {
  /// The same of a spec that could be read.
  func problem(withFigure name: String) -> (message: String, remedy: String?)? {
    FigureCheck(evaluation: evaluation, classes: data.classNames).problem(with: name)
  }
}

/// Whether a training has a figure to be judged or steered by.
private struct FigureCheck {
  let evaluation: EvaluationSection?
  let classes: [String]?

  func problem(with name: String) -> (message: String, remedy: String?)? {
    if let evaluation, !evaluation.has(figure: name) {
      return ("\(name), which no round has", EvaluationSection.remedy(forFigure: name))
    }
    guard let written = RoundFigure.className(of: name), let classes, !classes.isEmpty,
      !classes.contains(written)
    else { return nil }
    return (
      "\(name), but no class is called '\(written)'", SpecValue.suggestion(written, classes)
    )
  }
}
