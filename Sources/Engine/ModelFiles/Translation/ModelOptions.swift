/// What a model takes and gives, besides what its network says.
package struct ModelOptions: Sendable {
  package var output = ModelOutput.logits
  /// True where a pixel is of one class; false where each class is asked for by itself.
  package var classesExclude = true
  /// What the model does to an image before the network sees it; `nil` where whoever runs it does that.
  package var normalization: ImageNormalization?
  /// True where the weights of a convolution take in the batch norm behind it.
  package var foldsNorms = true

  package init() {}
}

/// What a model says of the classes.
package enum ModelOutput: String, Sendable, CaseIterable {
  /// All heads as the network has them, N × K × H × W.
  case logits
  /// Softmax over the classes, or where they do not exclude each other the sigmoid of each:
  /// N × K × H × W.
  case probabilities
  /// The number of the most probable class, N × H × W, or where classes do not exclude each other 1 where
  /// a class is more probable than not, N × K × H × W.
  case labels
}

/// How values of an image become a network's input, for each channel: (value − subtrahend) / divisor.
package struct ImageNormalization: Sendable, Equatable {
  package var subtrahend: [Float]
  package var divisor: [Float]
  /// What values outside become the ends of, before anything else is done with them; `nil` where they
  /// are taken as they are.
  package var limits: ClosedRange<Float>?

  /// - Parameters:
  ///   - mean: the mean of values of 0…1, for each channel.
  ///   - deviation: their standard deviation.
  ///   - ranges: the value of an image that is 0 and the one that is 1, for each channel.
  ///   - limits: what values outside become the ends of; `nil` where they are taken as they are.
  package init(
    mean: [Double], deviation: [Double], ranges: [ClosedRange<Double>],
    limits: ClosedRange<Double>? = nil
  ) {
    let widths = ranges.map { $0.upperBound - $0.lowerBound }
    subtrahend = mean.indices.map { Float(ranges[$0].lowerBound + mean[$0] * widths[$0]) }
    divisor = zip(deviation, widths).map { Float($0 * $1) }
    self.limits = limits.map { Float($0.lowerBound)...Float($0.upperBound) }
  }
}
