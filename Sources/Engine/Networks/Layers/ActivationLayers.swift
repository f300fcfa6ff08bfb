internal import Groundwork

/// A layer without settings that changes values one by one.
protocol ActivationLayer: Layer {
  static var operation: Operation { get }
}

extension ActivationLayer {
  static var fields: [FieldDeclaration] { [] }
  static var example: String { "- \(name)" }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.append(name, Self.operation)
  }
}

struct ReLULayer: ActivationLayer {
  static let name = "relu"
  static let about = "max(x, 0)."
  static let operation = Operation.relu
  init(_ values: FieldValues) {}
}

struct ReLU6Layer: ActivationLayer {
  static let name = "relu6"
  static let about = "x between 0 and 6."
  static let operation = Operation.rectifier(.relu6)
  init(_ values: FieldValues) {}
}

struct LeakyReLULayer: Layer {
  static let name = "leaky_relu"
  static let about = "x where it is above 0, else a small part of it."
  static let example = "- leaky_relu: {slope: 0.1}"

  private static let slope = Field.number(
    "slope", default: 0.01, Bounds(0...1), "What values below 0 are multiplied by.")
  static let fields = [slope.declaration]
  static let mainField: String? = slope.declaration.name

  let slope: Float
  init(_ values: FieldValues) { slope = Float(values[Self.slope]) }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.append(name, .rectifier(.leaky(slope: slope)))
  }
}

struct PReLULayer: ActivationLayer {
  static let name = "prelu"
  static let about = "x where it is above 0, else a part of it that each channel learns."
  static let operation = Operation.prelu
  init(_ values: FieldValues) {}
}

struct SigmoidLayer: ActivationLayer {
  static let name = "sigmoid"
  static let about = "1 / (1 + e⁻ˣ), as gates need it."
  static let operation = Operation.sigmoid
  init(_ values: FieldValues) {}
}

struct SwishLayer: ActivationLayer {
  static let name = "swish"
  static let about = "x · sigmoid(x), PyTorch's SiLU."
  static let operation = Operation.swish
  init(_ values: FieldValues) {}
}
