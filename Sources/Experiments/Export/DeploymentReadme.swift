internal import Measurements
internal import Tracking

/// What a person reads who finds a ``DeploymentFormat``'s folder.
struct DeploymentReadme {
  private let facts: Preprocessing
  private let subject: ExportedRun

  init(_ facts: Preprocessing, of subject: ExportedRun) {
    (self.facts, self.subject) = (facts, subject)
  }

  var text: String {
    let example = PythonExample(facts)
    return """
      # \(subject.run.name)

      \(origin)

          pip install \(example.packages)

      The lines below label `\(example.file)`\(result):

      ```python
      \(example.text)
      ```

      * \(values)
      * \(facts.size.words)
      * \(output)
      * `classes.txt` has the names of the classes in the order of their ids, and `preprocess.json` says all \
      of this to programs.\(rest)
      \(validation)
      """
  }

  private var origin: String {
    "The network `\(subject.network.name)` for \(facts.classes.count) classes, the \(subject.checkpoint) checkpoint "
      + "of its run, after step \(subject.evaluation.step), written by "
      + "\(ExportedRun.program.name) \(ExportedRun.program.version)."
  }

  private var result: String {
    facts.output.decoding == .argmax
      ? " and write `mask.png`, the id of a class for each pixel"
      : " and write `mask.0.png`, `mask.1.png`, …, one for each class, 255 where a pixel is of it"
  }

  private var values: String {
    let channels =
      facts.input.channelOrder.map { order in
        facts.input.channels == order.count ? order : "\(order) for each image of a sample"
      } ?? (facts.input.channels == 1 ? "grey" : "\(facts.input.channels) channels")
    let ranges = zip(facts.input.black, facts.input.white).map { "\(text($0))…\(text($1))" }
    let range = Set(ranges).count == 1 ? ranges[0] : ranges.joined(separator: ", ")
    return
      "The model takes N × \(facts.input.channels) × H × W in 32-bit floats, \(channels), with the "
      + "values that the files hold (\(range)), and normalizes them itself."
  }

  /// A whole number without its point.
  private func text(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }

  private var output: String {
    let activation =
      facts.output.activation == .softmax
      ? "which add up to 1 over the classes" : "each class by itself"
    return "It gives the probabilities of the \(facts.classes.count) classes, N × K × H × W, "
      + "\(activation)."
  }

  /// What the run's own evaluation measured with these weights; empty where that is not recorded.
  private var validation: String {
    guard let history = subject.run.history, let row = history.row(atStep: subject.evaluation.step)
    else { return "" }
    let values = zip(history.series, row.values).compactMap { series, values -> String? in
      guard series.isPrincipal, series.isScalar,
        series.name.hasPrefix(SeriesDescription.validation + ".")
      else { return nil }
      return "\(series.title) \(series.text(of: values[0]))"
    }
    return """

      ## Validation

      On the validation data of the run, which chose its best checkpoint: \
      \(values.joined(separator: ", ")).

      """
  }

  /// What `predict` does besides.
  private var rest: String {
    var rest = ""
    if facts.size.how != .resize {
      rest +=
        "\n* `experiments predict` cuts images of another size than the run's into tiles that overlap, and "
        + "averages what is said of them: it may label a few pixels otherwise."
    }
    let evaluation = subject.spec.evaluation
    let names = evaluation.postprocessing.map { "`\($0.choice.name)`" }
    if !names.isEmpty {
      rest +=
        "\n* The run's predictions are cleaned up behind the network: "
        + "\(names.joined(separator: ", ")). The model does not do that."
    }
    if evaluation.testTimeAugmentation != .none {
      rest +=
        "\n* The run's predictions are averages over transforms of an image "
        + "(`evaluation.test_time_augmentation`). The model sees an image once."
    }
    return rest
  }
}
