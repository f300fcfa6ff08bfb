package import Groundwork
internal import Networks

/// Why a training could not begin or go on.
package enum TrainingError: Error, CustomStringConvertible {
  case batchLargerThanData(batch: Int, iterSize: Int = 1, samples: Int)
  /// The ranks share the batches of a step, and there are fewer of these.
  case moreRanksThanBatches(ranks: Int, iterSize: Int)
  /// `solver.swa` begins behind the last step.
  case averagingNeverBegins(steps: Int)
  /// In a batch of one image a batch norm sees one value of each channel.
  case normOfSingleValues(layer: String, extent: SpatialExtent)
  /// A setting of the spec that does not fit the data or the network.
  case component(kind: String, name: String, ComponentError)
  /// The weights to begin with cannot be read, or do not fit.
  case weights(String)
  /// `evaluation.previews` names an image that the validation data has not, or several times.
  case preview(name: String, matches: Int)
  /// `training.relabel` does not fit the task, the data or the ranks.
  case relabel(String)
  /// The loss became NaN or infinite.
  case diverged(step: Int, loss: Double)
  /// A checkpoint that does not belong to this network.
  case checkpoint(String)

  package var description: String {
    switch self {
    case .batchLargerThanData(let batch, let iterSize, let samples) where iterSize > 1:
      "training.batch_size times solver.iter_size is \(batch) × \(iterSize) = \(batch * iterSize) "
        + "but there are \(samples) training images: make one of them smaller"
    case .moreRanksThanBatches(let ranks, let iterSize):
      "limits.ranks is \(ranks), but a step has \(iterSize == 1 ? "1 batch" : "\(iterSize) batches") to share: "
        + "write limits.ranks: \(iterSize), or a larger solver.iter_size with a smaller training.batch_size"
    case .averagingNeverBegins(let steps):
      "solver.swa.from lies behind the end of the training, which has \(steps) iterations: "
        + "let it begin earlier, or leave swa out"
    case .batchLargerThanData(let batch, _, let samples):
      "training.batch_size is \(batch) but there are \(samples) training images: use at most \(samples)"
    case .normOfSingleValues(let layer, let extent):
      "training.batch_size is 1, and of a training image of \(extent) the batch norm \(layer) sees a "
        + "single value of each channel, whose variance is 0: use larger images, less depth, or "
        + "batches of 2 and more"
    case .component(let kind, let name, let error):
      "\(kind) '\(name)': \(error.all.map(\.message).joined(separator: "; "))"
    case .weights(let message): "weights.from: \(message)"
    case .preview(let name, let matches):
      "evaluation.previews names '\(name)', which \(matches == 0 ? "no image" : "\(matches) images") of the "
        + "validation data \(matches > 1 ? "are" : "is") called: write it as the list does"
    case .relabel(let message): "training.relabel: \(message)"
    case .diverged(let step, let loss):
      "diverged: the loss is \(loss.isNaN ? "nan" : "\(loss)") at step \(step); lower solver.base_lr or look at the data"
    case .checkpoint(let message): "the checkpoint does not fit the network: \(message)"
    }
  }

  /// True where the loss was no number.
  package var isDivergence: Bool { if case .diverged = self { true } else { false } }

  /// The keys of the spec that lead to the value that it is about; `nil` where there is no one such.
  package var path: [String]? {
    switch self {
    case .batchLargerThanData, .normOfSingleValues: ["training", "batch_size"]
    case .moreRanksThanBatches: ["limits", "ranks"]
    case .averagingNeverBegins: ["solver", "swa", "from"]
    case .weights: ["weights", "from"]
    case .preview: ["evaluation", "previews"]
    case .relabel: ["training", "relabel"]
    case .component(let kind, _, let error) where kind == Registry.templates.kind:
      [kind] + (error.field?.split(separator: ".").map(String.init) ?? [])
    case .component, .diverged, .checkpoint: nil
    }
  }
}
