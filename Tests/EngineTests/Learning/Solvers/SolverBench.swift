@testable import Execution
@testable import Learning

/// Parameters on their way through a solver; a copy of it is a checkpoint.
struct SolverBench: Equatable {
  var parameters: [Float]
  var states: [[Float]]
  /// One behind the other; their sum is the number of parameters.
  var tensorLengths: [Int]
  var rateMultiplier = 1.0
  var decayMultiplier = 1.0
  var iteration = 0

  /// - Parameter tensorLengths: one tensor of everything, where it is left out.
  init(parameters: [Float], solver: any Solver, tensorLengths: [Int]? = nil) {
    self.parameters = parameters
    self.tensorLengths = tensorLengths ?? [parameters.count]
    states = solver.stateNames.map { _ in [Float](repeating: 0, count: parameters.count) }
  }

  mutating func step(
    _ solver: any Solver, gradients: [Float], rate: Double = 0.1, decay: Double = 0,
    clipping: GradientClipping.Factors = .none, threads: Int = 1
  ) {
    iteration += 1
    let (parameterBuffer, stateBuffers) = (flat(parameters), states.map(flat))
    solver.update(
      SolverStep(
        parameters: parameterBuffer, gradients: flat(gradients), state: stateBuffers,
        tensors: tensors, learningRate: rate, weightDecay: decay, clipping: clipping,
        iteration: iteration, threads: threads))
    parameters = Array(parameterBuffer[0])
    states = stateBuffers.map { Array($0[0]) }
  }

  private var tensors: SolverTensors {
    var offset = 0
    return SolverTensors(
      tensorLengths.map { length in
        defer { offset += length }
        return SolverTensors.Tensor(
          name: "parameter\(offset)", offset: offset, count: length,
          rateMultiplier: rateMultiplier, decayMultiplier: decayMultiplier)
      })
  }
}

/// A buffer that holds these values in one tensor.
func flat(_ values: [Float]) -> FlatTensors {
  let tensors = FlatTensors([("all", [values.count])])
  _ = tensors[0].update(fromContentsOf: values)
  return tensors
}
