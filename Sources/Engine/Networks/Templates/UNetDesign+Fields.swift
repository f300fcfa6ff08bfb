internal import Groundwork

/// What a spec says about a template whose encoder is U-Net's own.
extension UNetDesign {
  static func baseChannels(default fallback: Int) -> Field<Int> {
    .integer(
      "base_channels", default: fallback, 1...512,
      "Channels at full resolution, doubled at every level.")
  }
  private static let depth = Field.integer(
    "depth", default: 4, 1...7, "How often the resolution is halved.")

  static func fields(_ baseChannels: Field<Int>) -> [FieldDeclaration] {
    [
      baseChannels.declaration, depth.declaration, Upsampling.field.declaration,
      residual.declaration, Normalization.field.declaration, dropout.declaration,
      EdgeHead.field.declaration,
    ]
  }

  init(_ values: FieldValues, baseChannels: Field<Int>) {
    self.init(
      values, baseChannels: values[baseChannels], depth: values[Self.depth],
      upsampling: Upsampling(values))
  }
}
