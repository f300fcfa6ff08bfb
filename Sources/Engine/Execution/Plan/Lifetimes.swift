internal import Networks

/// When the tensors of a plan are alive.
///
/// Time of a plan of n steps: forward step s at s, the losses at n, backward step s at 2n − s, with
/// the steps that are repeated for it.
struct Lifetimes {
  /// The lifetimes of each value. There is none where nothing is stored. There are two where the
  /// value is given up after the forward pass and made again for the backward pass.
  private(set) var values: [[ClosedRange<Int>]]
  /// The lifetime of each value's gradient; `nil` where no gradient is wanted.
  private(set) var gradients: [ClosedRange<Int>?]
  /// For each step and each of its inputs: whether the gradient is added to what later steps have
  /// left there.
  private(set) var accumulates: [[Bool]]
  /// For each step: those that are repeated, in this order, before its backward pass.
  private(set) var repeats: [[Int]]

  /// - Parameters:
  ///   - reads: what each step's kernel reads again in its backward pass; empty for a plan that
  ///     only predicts.
  ///   - wanted: whether the gradient of each value is wanted.
  ///   - within: the values that lie within others.
  ///   - dropped: steps whose outputs are given up after the forward pass.
  init(
    network: Network, steps: [PlanStep], reads: [BackwardReads], wanted: [Bool],
    within: [Int: PlannedLayouts.Place] = [:], dropped: Set<Int> = []
  ) {
    self.init(
      PlannedPass(network: network, steps: steps, reads: reads), wanted: wanted, within: within,
      dropped: dropped)
  }

  init(
    _ pass: PlannedPass, wanted: [Bool], within: [Int: PlannedLayouts.Place], dropped: Set<Int>
  ) {
    let (network, steps, reads) = (pass.network, pass.steps, pass.backwardReads)
    var uses = Uses(pass, dropped: dropped)
    if !reads.isEmpty {
      for step in steps.indices.reversed() { uses.addBackward(of: step) }
    }
    values = uses.lifetimes
    repeats = uses.repeats
    gradients = Array(repeating: nil, count: network.values.count)
    accumulates = steps.map { $0.inputs.map { _ in false } }
    if !reads.isEmpty { addGradients(pass, wanted, within) }
  }

  /// The gradient of a value begins where its last reader writes it and ends where its producer
  /// has read it.
  private mutating func addGradients(
    _ pass: PlannedPass, _ wanted: [Bool], _ within: [Int: PlannedLayouts.Place]
  ) {
    let count = pass.steps.count
    func end(_ value: Int) -> Int { 2 * count - (pass.producer[value] ?? 0) }
    for head in pass.network.headValues { gradients[head] = count...end(head) }
    for (index, step) in pass.steps.enumerated().reversed() {
      for (position, input) in step.inputs.enumerated() where wanted[input] {
        if let place = within[input], place.value == step.outputs.first,
          let whole = gradients[place.value]
        {
          gradients[input] = whole.lowerBound...end(input)
          continue
        }
        accumulates[index][position] = gradients[input] != nil
        if gradients[input] == nil { gradients[input] = (2 * count - index)...end(input) }
      }
    }
  }
}

/// The steps of a plan with what is asked of them again and again.
struct PlannedPass {
  let network: Network
  let steps: [PlanStep]
  /// The step that writes each value.
  let producer: [Int: Int]
  /// The values that each step's backward pass reads; empty for a plan that only predicts.
  let backwardReads: [[Int]]

  init(network: Network, steps: [PlanStep], reads: [BackwardReads]) {
    self.network = network
    self.steps = steps
    var producer: [Int: Int] = [:]
    for (index, step) in steps.enumerated() {
      for output in step.outputs { producer[output] = index }
    }
    self.producer = producer
    // Positions of maxima are what the backward passes of pooling go by.
    func isPositions(_ value: Int) -> Bool { network.values[value].kind == .positions }
    backwardReads = zip(steps, reads).map { step, reads in
      step.inputs.filter { reads.inputs || isPositions($0) }
        + step.outputs.filter { reads.outputs || isPositions($0) }
    }
  }
}

/// Collects the moments at which values are used.
private struct Uses {
  private let pass: PlannedPass
  private let dropped: Set<Int>
  /// The time from the first to the last use of each value. Where the step that writes it is
  /// dropped, it ends when the value is given up.
  private var first: [ClosedRange<Int>?]
  /// The time from when a value that was given up is made again to its last use; `nil` where it is
  /// not made again.
  private var second: [ClosedRange<Int>?]
  private(set) var repeats: [[Int]]

  init(_ pass: PlannedPass, dropped: Set<Int>) {
    self.pass = pass
    self.dropped = dropped
    first = Array(repeating: nil, count: pass.network.values.count)
    second = first
    repeats = pass.steps.map { _ in [] }
    first[Network.inputValue] = 0...0
    for (index, step) in pass.steps.enumerated() {
      for value in step.inputs + step.outputs { Self.extend(&first[value], to: index) }
    }
    for head in pass.network.headValues { Self.extend(&first[head], to: pass.steps.count) }
  }

  var lifetimes: [[ClosedRange<Int>]] {
    zip(first, second).map { [$0, $1].compactMap { $0 } }
  }

  mutating func addBackward(of step: Int) {
    for value in pass.backwardReads[step] { use(value, by: step) }
  }

  /// Uses a value in the backward pass of a step, or in a repetition for it.
  private mutating func use(_ value: Int, by step: Int) {
    let time = 2 * pass.steps.count - step
    guard let producer = pass.producer[value], dropped.contains(producer),
      pass.network.values[value].kind == .features
    else {
      Self.extend(&first[value], to: time)
      return
    }
    if second[value] == nil {
      for input in pass.steps[producer].inputs { use(input, by: step) }
      repeats[step].append(producer)
    }
    Self.extend(&second[value], to: time)
  }

  private static func extend(_ lifetime: inout ClosedRange<Int>?, to time: Int) {
    lifetime = lifetime.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
  }
}
