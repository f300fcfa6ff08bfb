import Tracking

/// What a smoke test found, in a table with what is wrong below it.
struct SmokeReport {
  let results: [SmokeTest.Result]

  var status: ExitStatus {
    if results.contains(where: { $0.outcome != .finished }) { return .failed }
    return results.contains { !$0.isSound } ? .differs : .done
  }

  func text(width: Int?) -> String {
    var table = TableLayout([
      .init("trial", .right), .init("settings", importance: 2),
      .init("\(SmokeTest.steps) steps (s)", .right, importance: 1),
      .init("evaluation (s)", .right, importance: 1), .init("result", shortens: false),
    ])
    for result in results {
      let settings = result.trial.record.hyperparameters.map { "\($0.path) \($0.text)" }
      table.add([
        "\(result.trial.record.number)", settings.joined(separator: ", "),
        result.training.map(Self.seconds) ?? "", result.evaluation.map(Self.seconds) ?? "",
        Self.word(result),
      ])
    }
    return ([table.text(width: width)] + problems).joined(separator: "\n")
  }

  /// What is wrong with each trial, and that nothing is where nothing is.
  private var problems: [String] {
    let problems = results.filter { !$0.isSound }.map { result in
      "trial \(result.trial.record.number): \(Self.problem(result))".printableLines
    }
    guard problems.isEmpty else { return [""] + problems }
    let trials = results.count == 1 ? "the trial" : "each of the \(results.count) trials"
    return ["", "\(trials) trains, evaluates and can be reproduced, byte for byte"]
  }

  private static func word(_ result: SmokeTest.Result) -> String {
    switch (result.outcome, result.report?.status) {
    case (.finished, .done): "same bytes"
    case (.finished, _): "differs"
    case (nil, _): "not begun"
    default: "failed"
    }
  }

  private static func problem(_ result: SmokeTest.Result) -> String {
    switch result.outcome {
    case .finished, .pruned: result.report?.text ?? "its record is gone"
    case .failed(let cause, _), .stopped(let cause, _): cause
    case .damaged(let reason), .refused(let reason), .busy(let reason): reason
    case .interrupted: "it was stopped"
    case nil: "it was not begun"
    }
  }

  private static func seconds(_ seconds: Double) -> String { Units.decimals(seconds, 2) }
}
