/// How long a part of a training step takes by itself: one kernel in one direction, a loss, the
/// solver.
public struct PartTime: Sendable, Hashable {
  /// `encoder0.convolution1`, `losses`, `solver`.
  public let name: String
  public let direction: Direction
  /// Median of a few calls one after the other.
  public let seconds: Double
  /// Multiplications and additions of the definition, whatever the algorithm does; 0 where they do
  /// not count.
  public let operations: Int
  /// In the library's own words; empty where it is the engine's own.
  public let implementation: String

  public enum Direction: String, Sendable, Hashable, Codable {
    case forward
    case backward
    /// Forward once more, for the backward pass.
    case again
  }

  init(
    _ name: String, _ direction: Direction, operations: Int = 0, implementation: String = "",
    _ body: () -> Void
  ) {
    (self.name, self.direction) = (name, direction)
    (self.operations, self.implementation) = (operations, implementation)
    body()
    let times = (0..<3).map { _ in
      let watch = Stopwatch()
      body()
      return watch.seconds
    }
    seconds = times.sorted()[1]
  }
}

extension ExecutionPlan {
  /// Times every kernel of the forward pass, which is left as if it had run.
  func timeForward(_ pass: ForwardPass) -> [PartTime] {
    steps.indices.map { index in
      let (step, kernel) = (steps[index], kernels[index])
      return PartTime(
        step.name, .forward, operations: operations(of: step),
        implementation: kernel.implementations.forward
      ) { kernel.forward(pass) }
    }
  }

  /// Times every kernel of the backward pass, after a forward pass and a loss.
  func timeBackward() -> [PartTime] {
    steps.indices.reversed().flatMap { index in
      let (step, kernel) = (steps[index], kernels[index])
      let again = repeats[index].map { repeated in
        PartTime(
          steps[repeated].name, .again, operations: operations(of: steps[repeated]),
          implementation: kernels[repeated].implementations.forward
        ) { kernels[repeated].repeatForward() }
      }
      let names = [
        kernel.implementations.dataGradient, kernel.implementations.weightGradient,
      ].filter { !$0.isEmpty }
      let backward = PartTime(
        step.name, .backward, operations: 2 * operations(of: step),
        implementation: Array(Set(names)).sorted().joined(separator: " + ")
      ) { kernel.backward() }
      return again + [backward]
    }
  }

  private func operations(of step: PlanStep) -> Int {
    batch * step.operation.definition.operations(for: step.inputs.map { network.values[$0].shape })
  }
}
