internal import Datasets
internal import Execution
internal import Groundwork

/// How long a part of a training step takes by itself: one kernel in one direction, a loss, the
/// solver.
package struct PartTime: Sendable, Hashable {
  /// `encoder0.convolution1`, `losses`, `solver`.
  package let name: String
  package let direction: Direction
  /// Median of a few calls whose tensors lie in memory and not in the caches.
  package let seconds: Double
  /// Median of a few calls one after the other, which find in the caches what fits there.
  package let cachedSeconds: Double
  /// FLOPs of the definition, whatever the algorithm does; 0 where they do not count.
  package let flops: Int
  /// In the library's own words; empty where it is the engine's own.
  package let implementation: String

  package enum Direction: String, Sendable, Hashable, Codable {
    case forward
    case backward
    /// Forward once more, for the backward pass.
    case again
  }
}

/// Times parts by themselves.
final class PartTimer {
  private let eviction: CacheEviction

  init(threads: Int) {
    eviction = CacheEviction(threads: threads)
  }

  func time(
    _ name: String, _ direction: PartTime.Direction, flops: Int = 0,
    implementation: String = "", _ body: () -> Void
  ) -> PartTime {
    body()
    let cached = (0..<3).map { _ in seconds(body) }
    let cold = (0..<3).map { _ in
      eviction.run()
      return seconds(body)
    }
    return PartTime(
      name: name, direction: direction, seconds: cold.sorted()[1],
      cachedSeconds: cached.sorted()[1], flops: flops, implementation: implementation)
  }

  private func seconds(_ body: () -> Void) -> Double {
    let watch = Stopwatch()
    body()
    return watch.seconds
  }
}

extension ExecutionPlan {
  /// Times every kernel of the forward pass, which is left as if it had run.
  func timeForward(_ pass: ForwardPass, with timer: PartTimer) -> [PartTime] {
    let times = steps.indices.map { index in
      let (step, kernel) = (steps[index], kernels[index])
      return timer.time(
        step.name, .forward, flops: flops(of: step),
        implementation: kernel.implementations.forward
      ) {
        kernel.forward(pass)
        device.synchronize()
      }
    }
    heads.begin()
    return times
  }

  /// Times every kernel of the backward pass, after a forward pass and a loss.
  func timeBackward(with timer: PartTimer) -> [PartTime] {
    steps.indices.reversed().flatMap { index in
      let (step, kernel) = (steps[index], kernels[index])
      let again = repeats[index].map { repeated in
        timer.time(
          steps[repeated].name, .again, flops: flops(of: steps[repeated]),
          implementation: kernels[repeated].implementations.forward
        ) {
          kernels[repeated].repeatForward()
          device.synchronize()
        }
      }
      let names = [
        kernel.implementations.dataGradient, kernel.implementations.weightGradient,
      ].filter { !$0.isEmpty }
      let backward = timer.time(
        step.name, .backward, flops: 2 * flops(of: step),
        implementation: Array(Set(names)).sorted().joined(separator: " + ")
      ) {
        kernel.backward()
        device.synchronize()
      }
      return again + [backward]
    }
  }

  private func flops(of step: PlanStep) -> Int {
    batch * step.operation.definition.flops(for: step.inputs.map { network.values[$0].shape })
  }
}
