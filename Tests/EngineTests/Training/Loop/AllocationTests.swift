import CAllocationCounter
@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

#if DEBUG
  private let isOptimized = false
#else
  private let isOptimized = true
#endif

/// What the thread that trains allocates; the other threads of its team run C alone.
///
/// Loops that have not been optimized allocate by themselves, so that this is a test of optimized
/// builds: `make test-allocations`, which is part of `make test`.
@Suite(.enabled(if: ac_is_available() == 1 && isOptimized)) struct AllocationTests {
  @Test(
    "a training step allocates nothing after the first",
    arguments: [
      Computation(), Computation(determinism: .portable), Computation(recomputes: true),
    ])
  func steps(computation: Computation) throws { try expectNoAllocation(computation) }

  @Test("nor does one in bf16", .needsBF16)
  func bf16() throws {
    try expectNoAllocation(Computation(precision: .bf16, emulatesPrecision: true))
  }

  private func expectNoAllocation(_ computation: Computation) throws {
    var configuration = try SmallTraining(solver: "AMSGRAD").configuration
    configuration.template = ENet(FieldValues([:], of: ENet.fields))
    configuration.threads = 2
    configuration.computation = computation
    try expectNoAllocation(configuration)
  }

  @Test("nor does what is done around a step", arguments: 0..<5)
  func around(index: Int) throws {
    var configuration = try SmallTraining(solver: index == 2 ? "SAM" : "ADAM").configuration
    configuration.threads = 2
    switch index {
    case 0: configuration.optimization.batchesPerStep = 2
    case 1: configuration.optimization.averaging = .exponential(decay: 0.9, ramps: true)
    case 2: break
    case 3: configuration.augmentations.append(Mixup(.sample(Mixup.fields)))
    default:
      configuration.losses[0].weight = .scheduled(
        .cosine, from: 1, to: 0.5, after: .epochs(1), over: .epochs(9))
      configuration.optimization.averaging = .stochastic(
        from: .iterations(1), every: .iterations(1))
    }
    try expectNoAllocation(configuration)
  }

  @Test("nor does test-time augmentation")
  func testTimeAugmentation() throws {
    var configuration = try SmallTraining().configuration
    configuration.threads = 2
    configuration.evaluation.testTimeAugmentation = TestTimeAugmentation(
      mirror: .both, rotates: true, scales: [1, 1.5])
    configuration.losses[0] = .init(
      loss: BinaryCrossEntropy(FieldValues([:], of: BinaryCrossEntropy.fields)), weight: 1)
    let benchmark = try StepBenchmark(
      configuration, extent: [32, 32], channels: 3, classes: 5)
    _ = benchmark.predict()
    ac_start()
    _ = benchmark.predict()
    #expect(ac_stop().own == 0)
  }

  @Test("nor do two heads and the losses that look at them")
  func twoHeads() throws {
    var configuration = try SmallTraining().configuration
    configuration.template = ENet(
      FieldValues(["edge_head": .boolean(true)], of: ENet.fields))
    configuration.losses = try ["cross_entropy", "edge", "edge_attention", "dual_task"].map {
      .init(loss: try #require(try Registry.losses.makeDefault($0) as? any Loss), weight: 1)
    }
    configuration.threads = 2
    try expectNoAllocation(configuration)
  }

  private func expectNoAllocation(_ configuration: TrainingConfiguration) throws {
    let benchmark = try StepBenchmark(
      configuration, extent: [32, 32], channels: 3, classes: 5)
    _ = try benchmark.train(step: 0)
    ac_start()
    _ = try benchmark.train(step: 1)
    let counts = ac_stop()
    #expect(counts.own == 0)
    // oneDNN makes a table of the arguments of every call.
    #expect(counts.onednn > 0)
  }
}
