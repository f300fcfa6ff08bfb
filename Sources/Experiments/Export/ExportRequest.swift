internal import ModelFiles
import Tracking

/// Which runs go where, and what a person says of it.
struct ExportRequest {
  /// At least one, and one alone unless the format takes several.
  let runs: [RunRecord]
  let store: FolderStore
  /// The file or folder that is written.
  let file: String
  let options: ExportOptions
  /// Whether what is there may be replaced.
  let replaces: Bool

  /// The only run, or the first.
  var run: RunRecord { runs[0] }

  /// The run's network with the weights of the checkpoint that is meant.
  ///
  /// - Parameter needsSize: whether the size of the images matters.
  func subject(needsSize: Bool) throws -> ExportedRun {
    try ExportedRun(
      run, in: store, checkpoint: options.checkpoint, size: options.imageSize, needsSize: needsSize)
  }
}

extension ExportedRun {
  static let program = (name: "experiments", version: Program.version)

  /// Where the weights come from, as texts of JSON where they are no plain texts.
  var facts: [(key: String, value: String)] {
    [
      ("program", "\(Self.program.name) \(Self.program.version)"),
      ("run", run.id), ("experiment", run.experiment),
      ("checkpoint", checkpoint), ("step", String(evaluation.step)),
      ("epoch", JSONOutput.line(evaluation.epoch)),
    ]
  }
}
