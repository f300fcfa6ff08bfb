internal import CKernels
internal import Networks

/// Which convolutions take in the batch norm behind them: those whose output nothing else reads.
struct NormFolding {
  /// For a convolution's node the norm's, both by their index.
  private(set) var norms: [Int: Int] = [:]

  /// - Parameter outputs: the values that the model gives.
  init(_ network: Network, outputs: Set<Int>) {
    var readers: [Int: [Int]] = [:]
    for (index, node) in network.nodes.enumerated() {
      for input in node.inputs { readers[input, default: []].append(index) }
    }
    for (index, node) in network.nodes.enumerated() where node.operation.isConvolution {
      let made = node.outputs[0]
      guard let reader = readers[made], reader.count == 1, !outputs.contains(made),
        case .batchNorm = network.nodes[reader[0]].operation
      else { continue }
      norms[index] = reader[0]
    }
  }

  /// Whether a node is a norm that a convolution has taken in.
  func hasTaken(_ node: Int) -> Bool { norms.values.contains(node) }
}

extension BatchNorm {
  /// The weight and the bias of a convolution and this norm behind it, as one convolution.
  ///
  /// - Parameters:
  ///   - convolution: the convolution's own, by their roles.
  ///   - norm: `scale`, `shift`, `mean` and `variance`.
  ///   - isTransposed: whether the outputs are the weight's second axis, and not its first.
  func folded(
    into convolution: [WeightTensor], _ norm: [WeightTensor], isTransposed: Bool
  ) -> [WeightTensor] {
    var weight = convolution.role("weight")
    let outputs = weight.shape[isTransposed ? 1 : 0]
    var bias =
      convolution.first { $0.role == "bias" }
      ?? WeightTensor(
        role: "bias", name: "\(weight.layer).bias", shape: [outputs],
        values: Array(repeating: 0, count: outputs))
    let outer = isTransposed ? weight.shape[0] : 1
    let inner = weight.values.count / (outer * outputs)
    // The arrays become pointers for the time of the call.
    fold(
      (outer, outputs, inner), weight.values, bias.values, norm.role("scale").values,
      norm.role("shift").values, norm.role("mean").values, norm.role("variance").values,
      &weight.values, &bias.values)
    return [weight, bias]
  }

  private func fold(
    _ extents: (outer: Int, outputs: Int, inner: Int), _ weight: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>,
    _ mean: UnsafePointer<Float>, _ variance: UnsafePointer<Float>,
    _ foldedWeight: UnsafeMutablePointer<Float>, _ foldedBias: UnsafeMutablePointer<Float>
  ) {
    var folding = ck_folding(
      outer: extents.outer, outputs: extents.outputs, inner: extents.inner, weight: weight,
      bias: bias, scale: scale, shift: shift, mean: mean, variance: variance, epsilon: epsilon)
    ck_fold_batch_norm(&folding, foldedWeight, foldedBias)
  }
}
