@testable import Execution
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("What is done around a step")
struct TrainingPortabilityTests {
  private func sam() throws -> any Solver {
    try #require(Registry.solvers.makeDefault("SAM") as? any Solver)
  }

  @Test("it computes the same bits with any number of threads")
  func threads() throws {
    try withScenes { data in
      let solver = try sam()
      func settings(threads: Int) -> SmallTraining {
        SmallTraining(
          batchSize: 2, computation: Computation(determinism: .portable), threads: threads,
          change: {
            $0.optimization.solver = solver
            $0.optimization.batchesPerStep = 2
            $0.optimization.averaging = .exponential(decay: 0.9, ramps: true)
          })
      }
      let one = try record(settings(threads: 1), data)
      #expect(try record(settings(threads: 3), data) == one)
      #expect(one.count == 3)
    }
  }
}
