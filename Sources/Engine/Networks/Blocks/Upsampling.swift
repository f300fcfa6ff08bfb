internal import Groundwork

/// How a decoder enlarges its maps.
enum Upsampling: String, Sendable, CaseIterable {
  /// A 2×2 transposed convolution and a ReLU, which double the extent and choose the channels.
  case transposed
  /// Between the neighbours, the corners of both grids lying on each other.
  case bilinear
  case nearest

  static let field = Field.name(
    "up", default: Upsampling.transposed.rawValue, oneOf: names,
    "How the decoder enlarges its maps: by a 2×2 transposed convolution, which learns, or by "
      + "interpolation, which takes images of any size.")

  static let names = allCases.map(\.rawValue)

  init(_ values: FieldValues) { self.init(named: values[Self.field]) }

  /// - Precondition: it is one of ``names``.
  init(named name: String) {
    guard let upsampling = Upsampling(rawValue: name) else {
      preconditionFailure("'\(name)' was not checked against the field")
    }
    self = upsampling
  }
}

extension NetworkBuilder {
  /// A map, enlarged to an extent of which a transposed convolution can reach the double alone.
  ///
  /// - Parameter outputs: channels behind a transposed convolution; interpolation keeps them.
  mutating func upsample(
    _ name: String, _ input: Feature, _ upsampling: Upsampling, to extent: SpatialExtent,
    outputs: Int
  ) -> Feature {
    switch upsampling {
    case .transposed:
      relu(transposedConvolution(name, input, outputs: outputs, kernel: Size(square: 2)))
    case .bilinear:
      resize(name, input, to: .extent(extent), interpolation: .linear, alignsCorners: true)
    case .nearest:
      resize(name, input, to: .extent(extent), interpolation: .nearest)
    }
  }
}
