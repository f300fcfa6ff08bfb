package import Foundation
package import Measurements

/// Everything that is recorded of a run, away from any store.
package struct RunContents: Sendable, Equatable {
  package var id: String
  package var trial: TrialRecord
  package var attempts: [ProvenanceRecord] = []
  package var history: MetricHistory?
  package var previews: PreviewRecord?
  package var result: ResultRecord?
  package var tests: [TestRecord] = []
  package var checkpoints: [Checkpoint] = []
  package var labels = RunLabels()

  /// The file of a checkpoint, byte for byte.
  package struct Checkpoint: Sendable, Equatable {
    /// `best`, `last` or both.
    package var names: [String]
    package var evaluation: EvaluationPoint
    package var bytes: Data

    package init(names: [String], evaluation: EvaluationPoint, bytes: Data) {
      (self.names, self.evaluation, self.bytes) = (names, evaluation, bytes)
    }
  }

  package init(id: String, trial: TrialRecord) { (self.id, self.trial) = (id, trial) }
}

extension FolderStore {
  /// Everything that the store has of a run, its weights only where they are asked for.
  package func contents(of run: RunRecord, weights: Bool) throws(StoreError) -> RunContents {
    var contents = RunContents(id: run.id, trial: run.trial)
    (contents.attempts, contents.history) = (run.attempts, run.history)
    (contents.result, contents.tests) = (run.result, run.tests)
    contents.previews = try previews(of: run)
    contents.labels = run.labels
    guard weights else { return contents }
    for checkpoint in run.checkpoints {
      if let known = contents.checkpoints.firstIndex(where: {
        $0.evaluation == checkpoint.evaluation
      }) {
        contents.checkpoints[known].names.append(checkpoint.name)
      } else {
        contents.checkpoints.append(
          RunContents.Checkpoint(
            names: [checkpoint.name], evaluation: checkpoint.evaluation,
            bytes: try checkpointFile(checkpoint.name, of: run)))
      }
    }
    return contents
  }
}
