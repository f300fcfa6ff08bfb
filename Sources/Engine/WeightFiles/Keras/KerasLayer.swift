/// The weights of one Keras layer in their order, and what is known about the layer.
struct KerasLayer {
  let name: String
  /// In snake case as Keras names groups, e.g. `depthwise_conv2d`; empty where nothing says it.
  let kind: String
  let configuration: KerasConfiguration.Layer?
  var weights: [Weight] = []

  struct Weight {
    /// Its whole name in the file.
    let name: String
    /// What the last part of the name tells, e.g. `kernel`; empty where Keras gives no names.
    let parameter: String
    let shape: [Int]
    let source: ValueSource
  }

  func tensors() throws(Refusal) -> [StoredTensor] {
    var tensors: [StoredTensor] = []
    for (index, role) in roles.enumerated() { tensors.append(try tensor(weights[index], role)) }
    return tensors
  }

  // MARK: - Roles

  private var roles: [StoredTensor.Role] {
    let named = weights.map { Self.roles[$0.parameter] }
    if named.contains(where: { $0 != nil }) {
      return named.enumerated().map { index, role in role ?? .other(weights[index].parameter) }
    }
    return positionalRoles ?? weights.map { .other($0.parameter) }
  }

  /// By the names of Keras 2 and of the layers of Keras 1.
  private static let roles: [String: StoredTensor.Role] = [
    "kernel": .weight, "W": .weight, "depthwise_kernel": .weight, "bias": .bias, "b": .bias,
    "gamma": .scale, "beta": .shift, "alpha": .slope, "alphas": .slope,
    "moving_mean": .mean, "running_mean": .mean,
    // Keras 1 calls a variance so.
    "moving_variance": .variance, "running_std": .variance,
  ]

  /// By the order that each kind of layer has, and by the shapes where the kind is not known; `nil`
  /// where these do not tell.
  private var positionalRoles: [StoredTensor.Role]? {
    let ranks = weights.map(\.shape.count)
    let areVectors = ranks.allSatisfy { $0 == 1 }
    switch (kind, weights.count) {
    case ("batch_normalization", _), ("", 4):
      return areVectors ? normalizationRoles : nil
    case ("layer_normalization", 2), ("group_normalization", 2): return [.scale, .shift]
    case ("p_re_lu", 1): return [.slope]
    case ("embedding", _), ("optimizer", _), ("seed_generator", _): return nil
    case (_, 1): return ranks[0] > 1 ? [.weight] : nil
    case (_, 2): return ranks[0] > 1 && ranks[1] == 1 ? [.weight, .bias] : nil
    case ("separable_conv2d", 3), ("separable_conv1d", 3):
      return [.other("depthwise_kernel"), .other("pointwise_kernel"), .bias]
    default: return nil
    }
  }

  /// γ and β may be missing; the statistics come last.
  private var normalizationRoles: [StoredTensor.Role]? {
    let statistics: [StoredTensor.Role] = [.mean, .variance]
    switch weights.count {
    case 4: return [.scale, .shift] + statistics
    case 2: return statistics
    case 3:
      guard let configuration, configuration.hasScale != configuration.hasShift else {
        return [.other("gamma or beta")] + statistics
      }
      return [configuration.hasScale ? .scale : .shift] + statistics
    default: return nil
    }
  }

  // MARK: - Order of axes

  private func tensor(_ weight: Weight, _ role: StoredTensor.Role) throws(Refusal) -> StoredTensor {
    let (shape, strides): ([Int], [Int])
    switch role {
    case .weight where isDepthwise(weight), .other("depthwise_kernel"):
      (shape, strides) = Self.depthwise(weight.shape)
    case .weight, .other("pointwise_kernel"):
      try requireKeras2Order(weight)
      (shape, strides) = Self.outputsFirst(weight.shape)
    case .other: (shape, strides) = (weight.shape, Extent.strides(of: weight.shape))
    default:
      let isVector = weight.shape.filter { $0 != 1 }.count <= 1
      shape = isVector ? [weight.source.count] : weight.shape
      strides = Extent.strides(of: shape)
    }
    let isStoredSo = strides == Extent.strides(of: shape)
    return StoredTensor(
      name: weight.name, layer: name, role: role, shape: shape, storedShape: weight.shape,
      source: isStoredSo ? weight.source : weight.source.viewed(shape: shape, strides: strides))
  }

  /// Kernels […kernel, inputs, outputs] of convolutions, [inputs, outputs] of dense layers, and
  /// […kernel, outputs, inputs] of transposed convolutions: the last two axes come first, exchanged.
  private static func outputsFirst(_ stored: [Int]) -> (shape: [Int], strides: [Int]) {
    guard stored.count >= 2 else { return (stored, Extent.strides(of: stored)) }
    let order = [stored.count - 1, stored.count - 2] + Array(0..<(stored.count - 2))
    let strides = Extent.strides(of: stored)
    return (order.map { stored[$0] }, order.map { strides[$0] })
  }

  /// Kernels […kernel, inputs, multiplier]: the last two axes are one of channels, which comes first.
  private static func depthwise(_ stored: [Int]) -> (shape: [Int], strides: [Int]) {
    guard stored.count >= 3 else { return (stored, Extent.strides(of: stored)) }
    let channels = stored[stored.count - 1] * stored[stored.count - 2]
    let kernel = stored.count - 2
    return (
      [channels, 1] + stored[..<kernel], [1, 1] + Extent.strides(of: stored)[..<kernel]
    )
  }

  /// Whether a kernel […kernel, inputs, multiplier] has a group for each input. Where neither the
  /// kind of the layer nor the weight's name says it, a bias of other than `multiplier` values does.
  private func isDepthwise(_ weight: Weight) -> Bool {
    guard weight.shape.count >= 3 else { return false }
    if weight.parameter == "depthwise_kernel" || kind.hasPrefix("depthwise_conv") { return true }
    guard kind.isEmpty, weights.count == 2, let bias = weights.last?.shape, bias.count == 1 else {
      return false
    }
    let (inputs, outputs) = (weight.shape[weight.shape.count - 2], weight.shape.last!)
    return bias[0] != outputs && bias[0] == inputs * outputs
  }

  /// - Throws: for kernels [outputs, inputs, height, width] of Keras 1 with Theano's order, which are
  ///   also turned around. What Keras 2 calls `kernel` never is in that order.
  private func requireKeras2Order(_ weight: Weight) throws(Refusal) {
    let shape = weight.shape
    guard weight.parameter != "kernel", shape.count == 4, shape[2] == shape[3], shape[2] <= 11,
      shape[0] > 11, shape[0] != shape[1]
    else { return }
    throw Refusal(
      "'\(weight.name)' has the shape \(shape): its kernels are in Theano's order",
      remedy: "take the weights in TensorFlow's order, or save them again with Keras 2 or 3")
  }
}
