internal import Groundwork

/// Fields that several layers have, declared once.
enum LayerFields {
  static let maximumChannels = 16_384

  static let outputs = Field.integerOrName(
    "outputs", 1...maximumChannels, oneOf: LayerWidth.names,
    "Channels of the output; classes and inputs stand for the numbers that these have.")

  static func kernel(default fallback: Int) -> Field<Size> {
    .extent("kernel", default: fallback, 1...31, "Height and width of the kernel.")
  }

  static let bias = Field.boolean(
    "bias", default: true, "A number for each output that is added; useless before a norm.")

  static let initialization = Field.name(
    "initialization", default: "he_normal", oneOf: WeightInitialization.named.map(\.name),
    "How the weights begin.")

  static let like = Field.value("like", "The value whose height and width the output gets.")

  static let size = Field.extent(
    "size", 1...16_384, "Height and width of the output in pixels.")
}

extension WeightInitialization {
  /// - Parameter name: one of those in ``named``, as a field's decoder made sure.
  static func find(_ name: String) -> WeightInitialization { Self(named: name) ?? .he }
}

/// How many channels a layer gives.
enum LayerWidth: Sendable {
  case channels(Int)
  /// As many as the logits.
  case classes
  /// As many as its input.
  case inputs

  static let names = ["classes", "inputs"]

  init(_ value: FieldValue) {
    self =
      switch value {
      case .integer(let count): .channels(count)
      case .name("classes"): .classes
      default: .inputs
      }
  }

  func count(in chain: LayerChain) -> Int {
    switch self {
    case .channels(let count): count
    case .classes: chain.classes
    case .inputs: chain.shape.channels
    }
  }
}
