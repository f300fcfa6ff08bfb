package import Networks

/// One kernel call of a plan: a node, or several fused into one.
package struct PlanStep {
  package var name: String
  /// The number of the node within the network: part of the key of random draws.
  package var node: Int
  package var operation: Operation
  var activation: Activation
  /// A batch norm with running statistics that has become part of a convolution's weights. Its
  /// parameters follow the convolution's, its statistics are the step's.
  var foldedNorm: BatchNorm?
  /// Indices into ``Network/values``.
  package var inputs: [Int]
  var outputs: [Int]
  package var parameters: [Int]
  package var statistics: [Int]
}

/// What of a network becomes one kernel.
enum Fusion {
  /// The network's nodes in order, an activation joined to the operation before it where that
  /// operation's output is read by nothing else, not even by a loss, and the device can do so.
  ///
  /// - Parameter foldsNorms: for prediction: a batch norm becomes part of the convolution before it
  ///   on the same terms.
  static func steps(
    of network: Network, on device: any Device, foldsNorms: Bool = false
  ) -> [PlanStep] {
    var readers = [Int](repeating: 0, count: network.values.count)
    for value in network.nodes.flatMap(\.inputs) + network.headValues { readers[value] += 1 }

    var steps: [PlanStep] = []
    var producer: [Int: Int] = [:]  // value → index of the step that writes it
    for (index, node) in network.nodes.enumerated() {
      if let activation = activation(of: node.operation), readers[node.inputs[0]] == 1,
        let previous = producer[node.inputs[0]],
        steps[previous].activation == .none,
        device.fuses(activation, into: steps[previous].operation)
      {
        steps[previous].activation = activation
        steps[previous].outputs = node.outputs
        steps[previous].parameters += node.parameters
        producer[node.outputs[0]] = previous
        continue
      }
      if foldsNorms, case .batchNorm(let norm) = node.operation, readers[node.inputs[0]] == 1,
        let previous = producer[node.inputs[0]],
        device.foldsNorm(into: steps[previous].operation),
        steps[previous].activation == .none, steps[previous].foldedNorm == nil
      {
        steps[previous].foldedNorm = norm
        steps[previous].outputs = node.outputs
        steps[previous].parameters += node.parameters
        steps[previous].statistics = node.statistics
        producer[node.outputs[0]] = previous
        continue
      }
      steps.append(
        PlanStep(
          name: node.name, node: index, operation: node.operation, activation: .none,
          inputs: node.inputs, outputs: node.outputs, parameters: node.parameters,
          statistics: node.statistics))
      for output in node.outputs { producer[output] = steps.count - 1 }
    }
    return steps
  }

  private static func activation(of operation: Operation) -> Activation? {
    switch operation {
    case .rectifier(let rectifier): .rectifier(rectifier)
    case .prelu: .prelu
    default: nil
    }
  }
}
