import CAllocationCounter
import Testing

@testable import Engine

#if DEBUG
  private let isOptimized = false
#else
  private let isOptimized = true
#endif

/// What the thread that trains allocates; the other threads of its team run C alone.
///
/// Loops that have not been optimised allocate by themselves, so that this is a test of optimised
/// builds: `make test-optimized`.
@Suite(.enabled(if: ac_is_available() == 1 && isOptimized)) struct AllocationTests {
  @Test("a training step allocates nothing after the first", arguments: [0, 1, 2, 3])
  func steps(index: Int) throws {
    let computation = [
      Computation(), Computation(determinism: .portable), Computation(recomputes: true),
      Computation(precision: .bf16, emulatesPrecision: true),
    ][index]
    var configuration = try SmallTraining(solver: "AMSGRAD").configuration
    configuration.template = ENet(FieldValues([:], of: ENet.fields))
    configuration.threads = 2
    configuration.computation = computation
    let benchmark: StepBenchmark
    do {
      benchmark = try StepBenchmark(
        configuration, size: Size(square: 32), channels: 3, classes: 5)
    } catch is BackendError {
      return  // A processor for which oneDNN has no bf16 at all.
    }
    _ = benchmark.train(step: 0)
    ac_start()
    _ = benchmark.train(step: 1)
    let counts = ac_stop()
    #expect(counts.own == 0)
    // oneDNN makes a table of the arguments of every call.
    #expect(counts.onednn > 0)
  }
}
