internal import Networks

/// What the tensors of a plan ask of its arena.
struct StorageRequests {
  private(set) var arena = Arena()
  /// For each value, step or kernel: the number of its request.
  private let values: [Int?]
  private let gradients: [Int?]
  private let workspaces: [Int?]
  private let scratch: [Int?]
  private let homes: Homes
  private let planned: PlannedLayouts

  init(
    _ pass: PlannedPass, _ planned: PlannedLayouts, _ kernels: [any Kernel],
    _ lifetimes: Lifetimes, isTraining: Bool
  ) {
    let count = pass.steps.count
    var arena = Arena()
    let homes = Homes(pass, planned, kernels, lifetimes)
    self.homes = homes
    self.planned = planned
    func reserve(_ tensors: [[ClosedRange<Int>]], _ home: [Int]) -> [Int?] {
      var united = tensors
      for (value, lifetime) in tensors.enumerated() where home[value] != value {
        united[home[value]] += lifetime
        united[value] = []
      }
      return united.enumerated().map { value, lifetimes in
        guard !lifetimes.isEmpty else { return nil }
        let layout = planned.layouts[value]
        let isPositions = pass.network.values[value].kind == .positions
        return arena.reserve(
          bytes: isPositions ? layout.elements : layout.bytes, lifetimes: lifetimes)
      }
    }
    values = reserve(lifetimes.values, homes.values)
    gradients = reserve(
      lifetimes.gradients.map { $0.map { [$0] } ?? [] }, homes.gradients)
    func moment(_ time: Int) -> ClosedRange<Int> { time...time }
    var calls = (0..<count).map { step in
      isTraining ? [moment(step), moment(2 * count - step)] : [moment(step)]
    }
    for (step, repeated) in lifetimes.repeats.enumerated() {
      for index in repeated { calls[index].append(moment(2 * count - step)) }
    }
    workspaces = kernels.enumerated().map { index, kernel -> Int? in
      guard kernel.workspaceBytes > 0 else { return nil }
      return arena.reserve(
        bytes: kernel.workspaceBytes,
        lifetimes: [index...(isTraining ? 2 * count - index : index)])
    }
    scratch = kernels.enumerated().map { index, kernel -> Int? in
      guard kernel.scratchBytes > 0 else { return nil }
      return arena.reserve(bytes: kernel.scratchBytes, lifetimes: calls[index])
    }
    self.arena = arena
  }

  /// Gives every tensor its place.
  func placed() -> Storage {
    let (offsets, bytes) = arena.layout()
    func places(_ requests: [Int?], _ home: [Int]) -> [Int?] {
      home.indices.map { value in
        requests[home[value]].map { request in
          let place = planned.within[value]
          return offsets[request] + (place?.value == home[value] ? place?.offset ?? 0 : 0)
        }
      }
    }
    return Storage(
      values: places(values, homes.values), gradients: places(gradients, homes.gradients),
      workspaces: workspaces.map { $0.map { offsets[$0] } },
      scratch: scratch.map { $0.map { offsets[$0] } }, bytes: bytes)
  }
}

/// Where the tensors of a plan lie within its arena, in bytes.
struct Storage {
  let values: [Int?]
  let gradients: [Int?]
  let workspaces: [Int?]
  let scratch: [Int?]
  let bytes: Int
}

/// For each value, and for each gradient, the one whose memory it lies in: mostly its own.
private struct Homes {
  private(set) var values: [Int]
  private(set) var gradients: [Int]

  init(
    _ pass: PlannedPass, _ planned: PlannedLayouts, _ kernels: [any Kernel],
    _ lifetimes: Lifetimes
  ) {
    values = Array(planned.layouts.indices)
    gradients = values
    for (value, place) in planned.within {
      (values[value], gradients[value]) = (place.value, place.value)
    }

    let joined = Set(planned.within.keys).union(planned.within.values.map(\.value))
    for (index, step) in pass.steps.enumerated() {
      let output = step.outputs[0]
      guard !joined.contains(output) else { continue }
      let candidates = step.inputs.enumerated().filter { _, input in
        !joined.contains(input) && input != Network.inputValue
          && pass.network.values[input].kind == .features
          && planned.layouts[input] == planned.layouts[output]
      }
      if kernels[index].inPlace.output,
        let (_, input) = candidates.first(where: { _, input in
          // Read here for the last time, and neither of the two made twice.
          lifetimes.values[input].count == 1 && lifetimes.values[output].count == 1
            && lifetimes.values[input][0].upperBound == index
        })
      {
        values[output] = values[input]
      }
      if kernels[index].inPlace.gradient,
        let (_, input) = candidates.first(where: { position, input in
          lifetimes.gradients[input] != nil && !lifetimes.accumulates[index][position]
            && step.inputs.filter { $0 == input }.count == 1
        })
      {
        gradients[input] = output  // Resolved below: the output's own home may still move.
      }
    }
    for value in gradients.indices {
      while gradients[gradients[value]] != gradients[value] {
        gradients[value] = gradients[gradients[value]]
      }
    }
  }
}
