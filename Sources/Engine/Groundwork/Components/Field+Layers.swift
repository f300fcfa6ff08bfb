/// The fields of layers and of the network that is made of them.
extension Field where Value == FieldValue {
  /// A number, or one of the names.
  package static func integerOrName(
    _ name: String, default fallback: FieldValue? = nil, _ range: ClosedRange<Int>,
    oneOf names: [String], _ about: String
  ) -> Self {
    Field(name, .integerOrName(range, names), default: fallback, about) { $0 }
  }
}

extension Field where Value == Size {
  /// A height and a width; written as one number it is both.
  package static func extent(
    _ name: String, default fallback: Int? = nil, _ range: ClosedRange<Int>, _ about: String
  ) -> Self {
    let fallback = fallback.map { FieldValue.size(Size(square: $0)) }
    return Field(name, .extent(range), default: fallback, about) {
      guard case .size(let size) = $0 else { preconditionFailure("\(name) is no extent") }
      return size
    }
  }
}

extension Field where Value == String {
  /// The name of an earlier value.
  package static func value(_ name: String, _ about: String) -> Self {
    Field(name, .value, default: nil, about) {
      guard case .name(let value) = $0 else { preconditionFailure("\(name) is not a name") }
      return value
    }
  }
}

extension Field where Value == [String] {
  /// The names of earlier values.
  package static func values(_ name: String, _ about: String) -> Self {
    Field(name, .values, default: nil, about) {
      guard case .names(let values) = $0 else { preconditionFailure("\(name) is no list of names") }
      return values
    }
  }
}

extension Field where Value == [LayerSettings] {
  package static func layers(_ name: String, _ about: String) -> Self {
    Field(name, .layers, default: nil, about) {
      guard case .layers(let layers) = $0 else {
        preconditionFailure("\(name) is no list of layers")
      }
      return layers
    }
  }
}
