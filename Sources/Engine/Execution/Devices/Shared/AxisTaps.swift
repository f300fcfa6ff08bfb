internal import CKernels
internal import Networks

/// Which values along an axis of one tensor make up each value of another, and with which weights:
/// what ``Resize`` does along one axis, or the gradient of that.
///
/// Made once for a kernel; its memory stays where it is, so that the C kernels can be handed pointers.
final class AxisTaps {
  private let places: UnsafeMutablePointer<Int32>
  private let weights: UnsafeMutablePointer<Float>
  private let most: Int
  private let targets: Int

  /// A run of values of the source.
  struct Run {
    var first: Int
    /// The weight of each value of the run; empty where the target value takes nothing from the
    /// source.
    var weights: [Float]
  }

  init(_ runs: [Run]) {
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

extension AxisTaps.Run {
  /// The runs of a resized axis.
  ///
  /// - Parameter step: source values from one target value to the next.
  static func resizing(
    _ source: Int, to target: Int, step: Float, _ interpolation: Resize.Interpolation
  ) -> [AxisTaps.Run] {
    (0..<target).map { index in
      switch interpolation {
      case .nearest:
        let place = Int((Float(index) * step).rounded(.down))
        return AxisTaps.Run(first: min(place, source - 1), weights: [1])
      case .linear:
        // In single precision, as PyTorch has it.
        let place = max(0, step * (Float(index) + 0.5) - 0.5)
        let first = min(Int(place), source - 1)
        let second = min(max(place - Float(first), 0), 1)
        let isAlone = first == source - 1 || second == 0
        return AxisTaps.Run(first: first, weights: isAlone ? [1] : [1 - second, second])
      }
    }
  }

  /// The runs of the gradient: which values of the target each of the `count` source values went to.
  ///
  /// Both ends of the runs of a resized axis never go back, so that these are runs as well.
  static func transposing(_ runs: [AxisTaps.Run], count: Int) -> [AxisTaps.Run] {
    var transposed = Array(repeating: AxisTaps.Run(first: 0, weights: []), count: count)
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
