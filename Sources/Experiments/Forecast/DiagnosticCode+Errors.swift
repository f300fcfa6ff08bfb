internal import Datasets
internal import Training

extension DiagnosticCode {
  /// The kind of fault of what is wrong with data.
  init(_ problem: DataProblem) {
    self =
      if problem.setting != nil, problem.isOfSample || problem.line != nil {
        .unlistedValue
      } else if problem.isOfSample || problem.kind != nil {
        .unusableSample
      } else if problem.file != nil || problem.setting == "root" {
        .unusableList
      } else {
        .unfitData
      }
  }

  /// The kind of fault that keeps a training from beginning.
  init(_ error: TrainingError) {
    self =
      switch error {
      case .batchLargerThanData, .normOfSingleValues: .unfitBatch
      case .moreRanksThanBatches: .moreRanksThanBatches
      case .averagingNeverBegins: .unreachedTiming
      case .weights: .unusableWeights
      case .preview: .unknownName
      case .relabel: .excludingKeys
      case .component, .diverged, .checkpoint: .unfitSize
      }
  }
}
