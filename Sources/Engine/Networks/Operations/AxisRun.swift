package import Groundwork

/// A run of values along an axis that make up one value of another map.
package struct AxisRun: Sendable, Hashable {
  /// The first value of the run.
  package var first: Int
  /// The weight of each value; empty where the target takes nothing from the source.
  package var weights: [Float]

  package init(first: Int, weights: [Float]) {
    self.first = first
    self.weights = weights
  }
}

/// An operation that makes each value of its output from a box of the input's values of the same
/// channel, with weights that are products of one for each axis: resizing, average pooling, cropping.
package protocol SeparableSampling: OperationDefinition {
  /// The run of each value of the output along an axis.
  ///
  /// - Precondition: neither end of the runs goes back from one value to the next.
  func runs(axis: Int, from source: SpatialExtent, to target: SpatialExtent) -> [AxisRun]
}

extension SeparableSampling {
  package var keepsLayout: Bool { true }

  /// Two for each value that is taken, where any has a weight other than 1.
  package func flops(for inputs: [FeatureShape]) -> Int {
    let output = outputs(for: inputs)[0]
    let taken = (0..<output.extent.rank).map { axis in
      runs(axis: axis, from: inputs[0].extent, to: output.extent).map(\.weights)
    }
    guard taken.contains(where: { $0.contains { $0.contains { $0 != 1 } } }) else { return 0 }
    return 2 * output.channels * taken.map { $0.reduce(0) { $0 + $1.count } }.reduce(1, *)
  }
}
