package import Measurements

/// What a training needs to go on: the tensors of its network and of its solver, and between two evaluations
/// what it has measured since the first of them.
package struct CheckpointContents: Sendable, Equatable {
  /// Where it was taken: at an evaluation, unless there is an ``interval``.
  package var evaluation: EvaluationPoint
  package var tensors: [TensorContents]
  /// `nil` at an evaluation.
  package var interval: IntervalRecord?
  /// How images become the network's input, so that the file can be used by itself.
  package var input: InputRecord?

  package init(
    _ evaluation: EvaluationPoint, tensors: [TensorContents], input: InputRecord? = nil
  ) {
    self.evaluation = evaluation
    self.tensors = tensors
    self.input = input
  }

  /// Why a run with this history cannot go on from it; `nil` where it can.
  ///
  /// - Parameter history: up to where the checkpoint was taken; `nil` before the first evaluation.
  func problem(after history: MetricHistory?) -> String? {
    guard let interval else {
      return history?.rows.last?.point == evaluation
        ? nil : "it is of \(evaluation), and no evaluation is recorded of that"
    }
    // A training that goes on from another one begins behind its end.
    guard let last = history?.rows.last, last.step != interval.beginning else { return nil }
    return "it goes on from step \(interval.beginning), and the last evaluation is of \(last.point)"
  }

  /// The values of a tensor, or `nil` where it is not kept.
  package func values(group: String, name: String) -> [Float]? {
    tensors.first { $0.name == name && $0.group == group }?.values
  }
}

/// What lies between the last evaluation and a checkpoint.
package struct IntervalRecord: Sendable, Equatable {
  /// Steps done at the evaluation before; 0 where there is none.
  package var beginning: Int
  /// The attempt that took the checkpoint.
  package var attempt: Int
  /// Wall-clock time of the steps since then, in seconds.
  package var seconds: Double
  /// The sum over these steps of the weighted sum of the losses.
  package var lossTotal: Double
  /// The sum over these steps of each loss, in the order of the spec.
  package var lossTotals: [Double]

  package init(
    beginning: Int, attempt: Int, seconds: Double, lossTotal: Double, lossTotals: [Double]
  ) {
    self.beginning = beginning
    self.attempt = attempt
    self.seconds = seconds
    self.lossTotal = lossTotal
    self.lossTotals = lossTotals
  }
}

/// A tensor as a checkpoint keeps it.
package struct TensorContents: Sendable, Equatable {
  /// `parameters`, `statistics`, `solver/` with the name of a state, e.g. `solver/momentum`,
  /// `solver/schedule`, and where the first two are averages of what is trained,
  /// `trained/parameters` and `trained/statistics`; between two evaluations `gradients` too, where the next
  /// one measures them.
  package var group: String
  /// Unique in its group; dots are kept: `encoder.1.conv.weight`.
  package var name: String
  package var shape: [Int]
  /// In row-major order of the shape.
  package var values: [Float]

  package init(group: String, name: String, shape: [Int], values: [Float]) {
    self.group = group
    self.name = name
    self.shape = shape
    self.values = values
  }
}
