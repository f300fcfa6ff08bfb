import Tracking

extension RunRecord {
  /// Refuses what takes a network or a spec that this program can train.
  ///
  /// - Parameter action: `be reproduced`, `be exported as onnx`.
  /// - Throws: ``Failure`` for a run that was imported.
  func requireTrainedHere(to action: String) throws(Failure) {
    guard let origin else { return }
    throw Failure(
      .badInput,
      "error: \(name) cannot \(action): it was imported from \(origin.tool), without weights and without a "
        + "spec of this program: write a spec with its hyperparameters (experiments show \(name)) and run "
        + "that")
  }
}
