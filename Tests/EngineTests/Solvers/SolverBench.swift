import Engine

/// Parameters on their way through a solver; a copy of it is a checkpoint.
struct SolverBench: Equatable {
  var parameters: [Float]
  var slots: [[Float]]
  var iteration = 0

  init(parameters: [Float], solver: any Solver) {
    self.parameters = parameters
    slots = solver.slotNames.map { _ in [Float](repeating: 0, count: parameters.count) }
  }

  mutating func step(
    _ solver: any Solver, gradients: [Float], rate: Double = 0.1, decay: Double = 0,
    threads: Int = 1
  ) {
    iteration += 1
    let count = parameters.count
    let slotMemory = slots.map { values in
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: count)
      memory.initialize(from: values, count: count)
      return memory
    }
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        solver.update(
          SolverStep(
            parameters: parameters.baseAddress!, gradients: gradients.baseAddress!,
            slots: slotMemory, count: count, learningRate: rate, weightDecay: decay,
            iteration: iteration, threads: threads))
      }
    }
    for (index, memory) in slotMemory.enumerated() {
      slots[index] = Array(UnsafeBufferPointer(start: memory, count: count))
      memory.deallocate()
    }
  }
}
