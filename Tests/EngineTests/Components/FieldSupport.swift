import Engine
import Testing

/// Field values as a golden file writes them.
enum WrittenValue: Decodable {
  case boolean(Bool)
  case number(Double)
  case name(String)
  case numbers([Double])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .name(value)
    } else {
      self = .numbers(try container.decode([Double].self))
    }
  }

  func fieldValue(of type: FieldType) -> FieldValue {
    switch (self, type) {
    case (.boolean(let value), _): .boolean(value)
    case (.number(let value), .integer): .integer(Int(value))
    case (.number(let value), _): .number(value)
    case (.name(let value), _): .name(value)
    case (.numbers(let values), _): .numbers(values)
    }
  }
}

extension Registry {
  /// The component of that name, made from the written fields and the others' defaults.
  func make(_ name: String, _ written: [String: WrittenValue]) throws -> any Component {
    let component = try #require(find(name))
    let types = Dictionary(uniqueKeysWithValues: component.fields.map { ($0.name, $0.type) })
    var values: [String: FieldValue] = [:]
    for (field, value) in written {
      values[field] = value.fieldValue(of: try #require(types[field]))
    }
    return try component.init(FieldValues(values, of: component.fields))
  }

  /// The component of that name with nothing written but the fields that must be.
  func makeDefault(_ name: String, _ written: [String: FieldValue] = [:]) throws -> any Component {
    let component = try #require(find(name))
    var values = written
    for field in component.fields where field.isRequired && values[field.name] == nil {
      values[field.name] = field.type.smallestValue
    }
    return try component.init(FieldValues(values, of: component.fields))
  }
}

extension FieldType {
  /// A value that the type allows.
  var smallestValue: FieldValue {
    switch self {
    case .number(let bounds): .number(bounds.lowerIsOpen ? bounds.lower + 0.5 : bounds.lower)
    case .integer(let range): .integer(range.lowerBound)
    case .boolean: .boolean(false)
    case .name(let names): .name(names[0])
    case .size: .size(Size(height: 64, width: 64))
    case .numbersOrName(_, let names): .name(names[0])
    }
  }

  func allows(_ value: FieldValue) -> Bool {
    switch (self, value) {
    case (.number(let bounds), .number(let number)): bounds.contains(number)
    case (.integer(let range), .integer(let number)): range.contains(number)
    case (.boolean, .boolean), (.size, .size): true
    case (.name(let names), .name(let name)): names.contains(name)
    case (.numbersOrName(_, let names), .name(let name)): names.contains(name)
    case (.numbersOrName(let bounds, _), .numbers(let numbers)):
      numbers.allSatisfy { bounds.contains($0) }
    default: false
    }
  }
}
