package import Networks

extension Network {
  /// The nodes that have weights, with these in Keras' names and order of axes.
  ///
  /// - Parameter values: gives the values of a parameter or statistic by its name.
  package func kerasLayers(_ values: (String) -> [Float]) -> [KerasWriter.Layer] {
    nodes.compactMap { node in
      let tensors =
        node.parameters.map { (parameters[$0].name, parameters[$0].shape) }
        + node.statistics.map { (statistics[$0].name, statistics[$0].shape) }
      guard !tensors.isEmpty else { return nil }
      let weights = tensors.map { name, shape in
        let role = String(name.dropFirst(node.name.count + 1))
        return node.operation.kerasWeight(role, shape, values(name))
      }
      return KerasWriter.Layer(name: node.name, weights: weights)
    }
  }
}

extension Operation {
  /// - Parameters:
  ///   - role: what it does in its node: `weight`, `bias`, `scale`, …
  ///   - shape: in the network's order of axes.
  fileprivate func kerasWeight(
    _ role: String, _ shape: [Int], _ values: [Float]
  ) -> KerasWriter.Weight {
    switch role {
    case "weight":
      let kernel = Array(shape.dropFirst(2))
      // A depthwise kernel is […kernel, inputs, multiplier]; its channels lie as its outputs do.
      let depth = depthwiseInputs(shape)
      let channels = depth.map { [$0, shape[0] / $0] } ?? [shape[1], shape[0]]
      return KerasWriter.Weight(
        name: depth == nil ? "kernel" : "depthwise_kernel", shape: kernel + channels,
        values: Self.channelsLast(values, shape))
    case "slope":
      // One slope a channel, whatever the height and width.
      return KerasWriter.Weight(name: "alpha", shape: [1, 1] + shape, values: values)
    default:
      return KerasWriter.Weight(
        name: Self.kerasNames[role] ?? role, shape: shape, values: values)
    }
  }

  private static let kerasNames = [
    "scale": "gamma", "shift": "beta", "mean": "moving_mean", "variance": "moving_variance",
  ]

  /// The channels of the input where every one has kernels of its own, else `nil`.
  private func depthwiseInputs(_ shape: [Int]) -> Int? {
    guard case .convolution(let convolution) = self, convolution.groups > 1, shape[1] == 1 else {
      return nil
    }
    return convolution.groups
  }

  /// [A, B, …kernel] as […kernel, B, A]: of convolutions […kernel, inputs, outputs], of transposed ones
  /// […kernel, outputs, inputs].
  private static func channelsLast(_ values: [Float], _ shape: [Int]) -> [Float] {
    let (a, b) = (shape[0], shape[1])
    let places = shape.dropFirst(2).reduce(1, *)
    return [Float](unsafeUninitializedCapacity: values.count) { target, count in
      values.withUnsafeBufferPointer { values in
        for outer in 0..<a {
          for inner in 0..<b {
            let start = (outer * b + inner) * places
            for place in 0..<places {
              target[(place * b + inner) * a + outer] = values[start + place]
            }
          }
        }
      }
      count = values.count
    }
  }
}
