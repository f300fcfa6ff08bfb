import Engine

/// What a trial takes of memory, as far as it can be predicted. Bytes.
struct TrialMemory: Sendable, Hashable, Encodable {
  /// Both plans, parameters, gradients and the solver's slots.
  let tensors: Int
  /// Decoded images that are kept.
  let images: Int
  let total: Int

  init(tensors: Int, images: Int) {
    (self.tensors, self.images, total) = (tensors, images, tensors + images)
  }

  /// What a worker takes besides: the program, its libraries, the batches that are prepared ahead.
  static let program = 100_000_000

  /// Of images that are decoded once: whole samples, one byte a channel and one for the label, as
  /// many as `limit` bytes hold.
  static func keptImages(of data: DataInspection, limit: Int) -> Int {
    let sample = data.size.height * data.size.width * (data.channels + 1)
    return min(data.trainingSamples + data.validationSamples, limit / sample) * sample
  }
}
