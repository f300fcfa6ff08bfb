internal import Groundwork

private let others = Field.values("with", "The names of the values that are joined to the chain's.")

extension LayerChain {
  /// Makes sure that a named value has the extent of the chain's.
  fileprivate func requireExtent(of name: String) throws(ComponentError) {
    let other = shape(of: name)
    guard other.extent != shape.extent else { return }
    let isWithin = (0..<other.extent.rank).allSatisfy { other.extent[$0] <= shape.extent[$0] }
    throw ComponentError(
      field: others.declaration.name,
      "the chain has \(shape), and '\(name)' is \(other): put resize: {like: \(name)}"
        + (isWithin ? " or crop: {like: \(name)}" : "") + " before it")
  }
}

/// The channels of all values, one after the other.
struct ConcatenateLayer: Layer {
  static let name = "concatenate"
  static let about = "The chain's channels, and behind them those of named values."
  static let example = "- concatenate: [skip]"
  static let fields = [others.declaration]
  static let mainField: String? = others.declaration.name

  let names: [String]
  init(_ values: FieldValues) { names = values[others] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    for name in names { try chain.requireExtent(of: name) }
    try chain.append(name, .concatenate, with: names.map { chain[$0] })
  }
}

/// The sum of all values.
struct AddLayer: Layer {
  static let name = "add"
  static let about = "The sum of the chain's value and of named ones."
  static let example = "- add: [skip]"
  static let fields = [others.declaration]
  static let mainField: String? = others.declaration.name

  let names: [String]
  init(_ values: FieldValues) { names = values[others] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    for name in names {
      try chain.requireExtent(of: name)
      let other = chain.shape(of: name)
      guard other.channels != chain.shape.channels else { continue }
      throw ComponentError(
        field: others.declaration.name,
        "the chain has \(chain.shape), and '\(name)' is \(other): put "
          + "convolution: {outputs: \(other.channels), kernel: 1} before it")
    }
    try chain.append(name, .add, with: names.map { chain[$0] })
  }
}

/// ``Multiply``: of the two, the one that is repeated is the gate.
struct MultiplyLayer: Layer {
  static let name = "multiply"
  static let about = "The product of the chain's value and a named one, of which one may be a gate."
  static let definition =
    "A gate of one channel weighs places, one of extent 1×1 weighs channels."
  static let example = "- multiply: features"

  private static let other = Field.value("with", "The name of the value that the chain's meets.")
  static let fields = [other.declaration]
  static let mainField: String? = other.declaration.name

  let other: String
  init(_ values: FieldValues) { other = values[Self.other] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let (own, named) = (chain.shape, chain.shape(of: other))
    if Self.gates(named, own) {
      try chain.append(name, .multiply, with: [chain[other]])
    } else if Self.gates(own, named) {
      try chain.append(name, .multiply, [chain[other], chain.value])
    } else {
      throw ComponentError(
        field: Self.other.declaration.name,
        "the chain has \(own), and '\(other)' is \(named): a gate has the channels and the extent "
          + "of what it weighs, or 1 in place of either")
    }
  }

  private static func gates(_ gate: FeatureShape, _ features: FeatureShape) -> Bool {
    (gate.channels == features.channels || gate.channels == 1)
      && (gate.extent == features.extent || gate.area == 1)
  }
}
