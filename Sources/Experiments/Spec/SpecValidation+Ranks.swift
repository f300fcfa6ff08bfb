internal import Training
internal import Tracking

extension SpecValidation {
  /// Ranks share the batches of a step.
  mutating func checkRanks() {
    guard let ranks = draft.limits?.ranks, ranks > 1, let batches = draft.solver?.iterSize else {
      return
    }
    let path = SpecPath(components: ["limits", "ranks"])
    guard ranks <= batches else {
      let error = TrainingError.moreRanksThanBatches(ranks: ranks, iterSize: batches)
      report(.moreRanksThanBatches, "\(error)", at: path)
      return
    }
    if !batches.isMultiple(of: ranks) {
      warn(
        .unevenRanks,
        "\(path) is \(ranks), and of the \(batches) batches of a step some ranks have one less than others: "
          + "they wait", at: path,
        remedy: "write a divisor of solver.iter_size")
    }
  }
}
