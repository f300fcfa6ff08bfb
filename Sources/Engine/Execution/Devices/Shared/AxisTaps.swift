internal import CKernels
internal import Networks

/// Which values along an axis of one tensor make up each value of another, and with which weights:
/// what a ``SeparableSampling`` does along one axis, or the gradient of that.
///
/// Made once for a kernel; its memory stays where it is, so that the C kernels can be handed pointers.
final class AxisTaps {
  private let places: UnsafeMutablePointer<Int32>
  private let weights: UnsafeMutablePointer<Float>
  private let most: Int
  private let targets: Int

  init(_ runs: [AxisRun]) {
    targets = runs.count
    most = max(1, runs.map(\.weights.count).max() ?? 1)
    places = .allocate(capacity: 2 * targets)
    weights = .allocate(capacity: targets * most)
    weights.initialize(repeating: 0, count: targets * most)
    for (target, run) in runs.enumerated() {
      (places + target).initialize(to: Int32(run.first))
      (places + targets + target).initialize(to: Int32(run.weights.count))
      for (index, weight) in run.weights.enumerated() { weights[target * most + index] = weight }
    }
  }

  deinit {
    places.deallocate()
    weights.deallocate()
  }

  /// The taps as the C kernels take them; valid as long as this object lives.
  var kernel: ck_axis_taps {
    ck_axis_taps(
      first: UnsafePointer(places), count: UnsafePointer(places + targets),
      weights: UnsafePointer(weights), most: Int32(most))
  }
}

extension AxisRun {
  /// The runs of the gradient: which values of the target each of the `count` source values went to.
  ///
  /// Neither end of an operation's runs goes back, so that these are runs as well.
  static func transposing(_ runs: [AxisRun], count: Int) -> [AxisRun] {
    var transposed = Array(repeating: AxisRun(first: 0, weights: []), count: count)
    for (target, run) in runs.enumerated() {
      for (index, weight) in run.weights.enumerated() {
        let source = run.first + index
        if transposed[source].weights.isEmpty { transposed[source].first = target }
        precondition(
          transposed[source].first + transposed[source].weights.count == target,
          "the targets of a source value are not neighbours")
        transposed[source].weights.append(weight)
      }
    }
    return transposed
  }
}
