import ArgumentParser
internal import Groundwork
internal import Tasks
internal import Tracking

/// What the commands that use trained runs have in common.
enum ApplicationOptions {
  private static let checkpoints = ["best", "last"]

  static func check(checkpoint: String?, threads: Int? = nil) throws {
    if let checkpoint, !checkpoints.contains(checkpoint) {
      throw ValidationError("--checkpoint is best or last, not '\(checkpoint)'")
    }
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads must be in 1…4096, not \(threads)")
    }
  }

  /// Settings of tasks that change what is made of a network's outputs alone.
  private static var fieldsOfPredictions: [String] {
    Registry.tasks.members.flatMap { task in
      task.fieldsOfPredictions.map { "task.\(task.name).\($0)" }
    }
  }

  /// The options `--set`, parted into where the data lies and what else is set.
  ///
  /// - Parameter metrics: names with commas between, which become `evaluation.metrics`.
  /// - Throws: ``Failure`` where something is set that was decided when the run was trained.
  static func split(
    _ overrides: [String], metrics: String? = nil
  ) throws(Failure) -> (places: [String], settings: [String]) {
    var (places, settings): ([String], [String]) = ([], [])
    for text in overrides {
      let path = text.prefix { $0 != "=" }
      if path.hasPrefix("data.") {
        places.append(text)
      } else if path.hasPrefix("evaluation.") || path.hasPrefix("limits.")
        || fieldsOfPredictions.contains(String(path))
      {
        settings.append(text)
      } else {
        let others = fieldsOfPredictions.map { "\($0), " }.joined()
        throw Failure(
          .usage,
          "error: --set \(text): a trained run is used as it was trained; only evaluation.…, "
            + "limits.…, \(others)and where its data lies can be set")
      }
    }
    if let metrics { settings.append("evaluation.metrics=[\(metrics)]") }
    return (places, settings)
  }
}
