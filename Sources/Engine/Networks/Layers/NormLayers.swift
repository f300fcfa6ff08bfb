internal import Groundwork

private let epsilon = Field.number(
  "epsilon", default: 1e-5, Bounds(above: 0), "Added to the variance before its root is taken.")

/// ``BatchNorm``.
struct BatchNormLayer: Layer {
  static let name = "batch_norm"
  static let about = "Brings each channel to mean 0 and variance 1 over the batch."
  static let example = "- batch_norm"

  private static let momentum = Field.number(
    "momentum", default: 0.1, Bounds(0...1),
    "The part of the running statistics that a batch replaces.")
  static let fields = [epsilon.declaration, momentum.declaration]

  let norm: BatchNorm
  init(_ values: FieldValues) {
    norm = BatchNorm(
      epsilon: Float(values[epsilon]), momentum: Float(values[Self.momentum]))
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.append(name, .batchNorm(norm))
  }
}

/// ``GroupNorm``.
struct GroupNormLayer: Layer {
  static let name = "group_norm"
  static let about = "Brings each group of channels of each image to mean 0 and variance 1."
  static let example = "- group_norm: {groups: 8}"

  private static let groups = Field.integer(
    "groups", default: 32, 1...LayerFields.maximumChannels, "The number of groups.")
  static let fields = [groups.declaration, epsilon.declaration]

  let norm: GroupNorm
  init(_ values: FieldValues) {
    norm = GroupNorm(groups: values[Self.groups], epsilon: Float(values[epsilon]))
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let channels = chain.shape.channels
    guard channels.isMultiple(of: norm.groups) else {
      throw ComponentError(
        field: Self.groups.declaration.name,
        "\(channels) channels do not make \(norm.groups) groups: use a number that divides them")
    }
    try chain.append(name, .groupNorm(norm))
  }
}

/// ``GroupNorm`` of groups of one channel.
struct InstanceNormLayer: Layer {
  static let name = "instance_norm"
  static let about = "Brings each channel of each image to mean 0 and variance 1."
  static let example = "- instance_norm"
  static let fields = [epsilon.declaration]

  let epsilonValue: Float
  init(_ values: FieldValues) { epsilonValue = Float(values[epsilon]) }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let norm = GroupNorm(groups: chain.shape.channels, epsilon: epsilonValue)
    try chain.append(name, .groupNorm(norm))
  }
}
