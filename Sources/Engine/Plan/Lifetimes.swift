/// When the tensors of a plan are alive.
///
/// Time of a plan of n steps: forward step s at s, the loss at n, backward step s at 2n − s.
struct Lifetimes {
  /// Of the value itself; `nil` where nothing is stored.
  var values: [ClosedRange<Int>?]
  /// Of its gradient; `nil` where none is wanted.
  var gradients: [ClosedRange<Int>?]
  /// For each step and each of its inputs: whether the gradient is added to what later steps have
  /// left there.
  var accumulates: [[Bool]]

  /// - Parameters:
  ///   - reads: what each step's kernel reads again in its backward pass; empty for a plan that
  ///     only predicts.
  ///   - wanted: whether the gradient of each value is wanted.
  init(network: Network, steps: [PlanStep], reads: [BackwardReads], wanted: [Bool]) {
    let count = steps.count
    let isTraining = !reads.isEmpty
    var first = [Int](repeating: 0, count: network.values.count)
    var last = first
    func extend(_ value: Int, _ time: Int) { last[value] = max(last[value], time) }
    for (index, step) in steps.enumerated() {
      for output in step.outputs {
        first[output] = index
        extend(output, index)
      }
      for input in step.inputs { extend(input, index) }
      guard isTraining else { continue }
      let backward = 2 * count - index
      for output in step.outputs where reads[index].outputs { extend(output, backward) }
      for (position, input) in step.inputs.enumerated()
      where reads[index].inputs || network.values[step.inputs[position]].kind == .positions {
        extend(input, backward)
      }
      // Positions of maxima are what pooling's backward pass goes by.
      for output in step.outputs where network.values[output].kind == .positions {
        extend(output, backward)
      }
    }
    extend(network.logits, count)
    var isStored = [Bool](repeating: false, count: network.values.count)
    isStored[Network.inputValue] = true
    for output in steps.flatMap(\.outputs) { isStored[output] = true }
    values = network.values.indices.map { isStored[$0] ? first[$0]...last[$0] : nil }

    gradients = Array(repeating: nil, count: network.values.count)
    accumulates = steps.map { $0.inputs.map { _ in false } }
    guard isTraining else { return }
    // The gradient of a value begins where its last reader writes it and ends where its producer
    // has read it.
    var producer = [Int](repeating: 0, count: network.values.count)
    for (index, step) in steps.enumerated() {
      for output in step.outputs { producer[output] = index }
    }
    func end(_ value: Int) -> Int { 2 * count - producer[value] }
    gradients[network.logits] = count...end(network.logits)
    for (index, step) in steps.enumerated().reversed() {
      for (position, input) in step.inputs.enumerated() where wanted[input] {
        accumulates[index][position] = gradients[input] != nil
        if gradients[input] == nil { gradients[input] = (2 * count - index)...end(input) }
      }
    }
  }
}
