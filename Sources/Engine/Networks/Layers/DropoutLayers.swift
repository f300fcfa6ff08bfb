internal import Groundwork

private let rate = Field.number(
  "rate", default: 0.5, Bounds(0..<1), "The probability of being dropped.")

/// ``Dropout``.
struct DropoutLayer: Layer {
  static let name = "dropout"
  static let about = "Drops single values in training."
  static let example = "- dropout: 0.1"
  static let fields = [rate.declaration]
  static let mainField: String? = rate.declaration.name

  let dropout: Dropout
  init(_ values: FieldValues) { dropout = Dropout(rate: Float(values[rate])) }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.append(name, .dropout(dropout))
  }
}

/// ``SpatialDropout``.
struct SpatialDropoutLayer: Layer {
  static let name = "spatial_dropout"
  static let about = "Drops whole channels in training."
  static let example = "- spatial_dropout: 0.1"
  static let fields = [rate.declaration]
  static let mainField: String? = rate.declaration.name

  let dropout: SpatialDropout
  init(_ values: FieldValues) { dropout = SpatialDropout(rate: Float(values[rate])) }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    try chain.append(name, .spatialDropout(dropout))
  }
}
