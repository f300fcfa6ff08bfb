/// The kind of a ``WeightFile``, recognised by its bytes.
package enum WeightFormat: Sendable, Hashable {
  case caffe
  case keras(KerasLayout)
  case safetensors
  case torch(TorchContainer)
  /// What a run of this program keeps.
  case checkpoint

  package enum KerasLayout: Sendable, Hashable {
    /// What `save_weights` of Keras 1 and 2 wrote.
    case legacyWeights
    /// What `save` of Keras 1 and 2 wrote: weights below the model's configuration.
    case legacyModel
    /// `.weights.h5` of Keras 3.
    case weights
    /// `.keras`.
    case archive
  }

  package enum TorchContainer: Sendable, Hashable {
    /// What PyTorch 1.6 and later write.
    case archive
    /// What PyTorch wrote before 1.6.
    case legacy
  }

  /// As people call it, e.g. `Keras 3 weights`.
  package var name: String {
    switch self {
    case .caffe: "Caffe model"
    case .keras(.legacyWeights): "Keras weights"
    case .keras(.legacyModel): "Keras model"
    case .keras(.weights): "Keras 3 weights"
    case .keras(.archive): "Keras 3 model"
    case .safetensors: "safetensors"
    case .torch(.archive): "PyTorch checkpoint"
    case .torch(.legacy): "PyTorch checkpoint of before 1.6"
    case .checkpoint: "experiments checkpoint"
    }
  }
}
