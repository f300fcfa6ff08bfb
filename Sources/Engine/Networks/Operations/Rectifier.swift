/// x where x > 0, else slope · x, and never more than a ceiling: ReLU, leaky ReLU and ReLU6.
package struct Rectifier: Sendable, Hashable {
  /// What values below 0 are multiplied by.
  package var slope: Float = 0
  /// `nil` where there is none.
  package var ceiling: Float?

  /// max(x, 0).
  package static let relu = Rectifier()
  /// Between 0 and 6 (Krizhevsky 2010): what MobileNet's low precisions were made for.
  package static let relu6 = Rectifier(ceiling: 6)
  /// Maas, Hannun & Ng 2013.
  package static func leaky(slope: Float = 0.01) -> Rectifier { Rectifier(slope: slope) }
}

extension Rectifier: ShapeKeepingOperation {}

/// x where x > 0, else slope · x (He, Zhang, Ren & Sun 2015); `slope` is `[C]`, 0.25 at first.
struct PReLU: ShapeKeepingOperation {
  func parameters(for inputs: [FeatureShape]) -> [ParameterDefinition] {
    [ParameterDefinition(name: "slope", shape: [inputs[0].channels], initializer: .constant(0.25))]
  }
}

extension OperationWriter {
  mutating func relu(_ input: Feature) -> Feature { rectifier(.relu, input) }

  mutating func relu6(_ input: Feature) -> Feature { rectifier(.relu6, input) }

  mutating func rectifier(_ rectifier: Rectifier, _ input: Feature) -> Feature {
    append("relu", .rectifier(rectifier), [input])[0]
  }

  mutating func prelu(_ name: String, _ input: Feature) -> Feature {
    append(name, .prelu, [input])[0]
  }
}
