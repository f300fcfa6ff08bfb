internal import Groundwork
internal import Learning
internal import Networks
internal import Tracking

/// What is to be measured: a spec's network, or one that is put together from options.
struct BenchSubject {
  /// The spec's file, or none.
  var spec: String?
  var template: String?
  /// Height and width.
  var size: [Int]
  var batchSize: Int?
  var precision: String?
  var overrides: [String]
  /// The folder of the records.
  var results: String

  /// The first trial.
  ///
  /// - Throws: ``SpecErrors`` where spec or options are wrong.
  func trial() throws -> Trial { try plan().trials[0] }

  /// - Throws: ``SpecErrors`` where spec or options are wrong.
  func plan() throws(SpecErrors) -> TrialPlan {
    let assignments = options + settingsOfObjects + overrides
    guard let spec else {
      return try ExperimentSpec.load(
        SourceText(name: "bench", text: Self.frame), folder: ".", overrides: assignments,
        results: results
      ).plan()
    }
    return try ExperimentSpec.load(path: spec, overrides: assignments, results: results).plan()
  }

  /// The options in the words of `--set`.
  private var options: [String] {
    var options: [String] = []
    // Where the template is given by its name alone, that is all there is to replace.
    if let template { options.append("template\(spec == nil ? ".name" : "")=\(template)") }
    if size.count == 2 { options.append("data.size=[\(size[0]), \(size[1])]") }
    if let batchSize { options.append("training.batch_size=\(batchSize)") }
    if let precision { options.append("training.precision=\(precision)") }
    return options
  }

  /// What goes with a template that finds objects, where there is no spec that says so.
  private var settingsOfObjects: [String] {
    guard spec == nil, let template, Registry.templates.find(template)?.findsObjects == true else {
      return []
    }
    let losses = Registry.losses.members.filter { $0 is any DetectionLoss.Type }.map { $0.name }
    return [
      "task={instances: {decode: detections}}", "losses=[\(losses.joined(separator: ", "))]",
    ]
  }

  /// A spec whose lists are never read.
  private static let frame = """
    experiment: bench
    data:
      train: none.txt
      validation: none.txt
      classes: [a, b, c, d, e, f, g, h, i, j, k, l]
      size: [256, 256]
    template: {name: unet}
    losses: cross_entropy
    solver: {type: ADAM, base_lr: 1e-3}
    training: {iterations: 1, batch_size: 4}
    """
}
