@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

/// Field values as a golden file writes them.
enum WrittenValue: Decodable, Sendable {
  case boolean(Bool)
  case number(Double)
  case name(String)
  case numbers([Double])
  case object([String: WrittenValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .name(value)
    } else if let values = try? container.decode([Double].self) {
      self = .numbers(values)
    } else {
      self = .object(try container.decode([String: WrittenValue].self))
    }
  }

  func fieldValue(of type: FieldType) throws -> FieldValue {
    switch (self, type) {
    case (.boolean(let value), _): .boolean(value)
    case (.number(let value), .integer): .integer(Int(value))
    case (.number(let value), .interval): .interval(.iterations(Int(value)))
    case (.numbers(let values), .intervals): .intervals(values.map { .iterations(Int($0)) })
    case (.number(let value), _): .number(value)
    case (.name(let value), _): .name(value)
    case (.numbers(let values), _): .numbers(values)
    case (.object(var entries), _): try Self.solver(&entries)
    }
  }

  private static func solver(_ entries: inout [String: WrittenValue]) throws -> FieldValue {
    guard case .name(let name) = entries.removeValue(forKey: "type") else {
      preconditionFailure("a solver has no type")
    }
    return .solver(.init(name: name, values: try Registry.solvers.values(name, entries)))
  }
}

extension Registry {
  /// The component of that name, made from the written fields and the others' defaults.
  func make(_ name: String, _ written: [String: WrittenValue]) throws -> any Component {
    try component(name).init(try values(name, written))
  }

  func values(_ name: String, _ written: [String: WrittenValue]) throws -> FieldValues {
    let component = try component(name)
    let types = Dictionary(uniqueKeysWithValues: component.fields.map { ($0.name, $0.type) })
    var values: [String: FieldValue] = [:]
    for (field, value) in written {
      values[field] = try value.fieldValue(of: try #require(types[field]))
    }
    return FieldValues(values, of: component.fields)
  }

  /// The component of that name with nothing written but the fields that must be.
  func makeDefault(_ name: String, _ written: [String: FieldValue] = [:]) throws -> any Component {
    try defaultComponent(component(name), written)
  }

  private func component(_ name: String) throws -> any Component.Type {
    try #require(components.first { $0.name == name || $0.otherNames.contains(name) })
  }
}

/// A component with nothing written but the fields that must be.
func defaultComponent(
  _ component: any Component.Type, _ written: [String: FieldValue] = [:]
) throws -> any Component {
  var values = written
  for field in component.fields where field.isRequired && values[field.name] == nil {
    values[field.name] = field.type.smallestValue
  }
  return try component.init(FieldValues(values, of: component.fields))
}

extension FieldType {
  /// A value that the type allows.
  var smallestValue: FieldValue {
    switch self {
    case .number(let bounds), .weight(let bounds):
      .number(bounds.lowerIsOpen ? bounds.lower + 0.5 : bounds.lower)
    case .integer(let range): .integer(range.lowerBound)
    case .boolean: .boolean(false)
    case .name(let names): .name(names[0])
    case .series: .name("validation.loss")
    case .names(let names): .names([names[0]])
    case .range(let bounds): .numbers([bounds.lower, bounds.lower])
    case .size: .size(Size(height: 64, width: 64))
    case .numbersOrName(_, let names), .classNumbers(_, let names): .name(names[0])
    case .interval: .interval(.iterations(1))
    case .intervals: .intervals([.iterations(1)])
    case .solver: .solver(.init(name: "ADAM", values: FieldValues([:], of: Adam.fields)))
    case .integerOrName(let range, _): .integer(range.lowerBound)
    case .extent(let range): .size(Size(square: range.lowerBound))
    case .value: .name("input")
    case .values: .names(["input"])
    case .layers: .layers([])
    }
  }

  func allows(_ value: FieldValue) -> Bool {
    switch (self, value) {
    case (.number(let bounds), .number(let number)), (.weight(let bounds), .number(let number)):
      bounds.contains(number)
    case (.integer(let range), .integer(let number)): range.contains(number)
    case (.boolean, .boolean), (.size, .size), (.interval, .interval): true
    case (.intervals, .intervals), (.solver, .solver), (.layers, .layers): true
    case (.value, .name), (.values, .names): true
    case (.integerOrName(let range, _), .integer(let number)): range.contains(number)
    case (.integerOrName(_, let names), .name(let name)): names.contains(name)
    case (.extent(let range), .size(let size)):
      range.contains(size.height) && range.contains(size.width)
    case (.name(let names), .name(let name)): names.contains(name)
    case (.series, .name(let name)): SeriesCatalog.standard.name(of: name) == name
    case (.names(let names), .names(let chosen)): Set(chosen).isSubset(of: names)
    case (.range(let bounds), .numbers(let ends)):
      ends.count == 2 && ends[0] <= ends[1] && ends.allSatisfy { bounds.contains($0) }
    case (.numbersOrName(_, let names), .name(let name)),
      (.classNumbers(_, let names), .name(let name)):
      names.contains(name)
    case (.numbersOrName(let bounds, _), .numbers(let numbers)),
      (.classNumbers(let bounds, _), .numbers(let numbers)):
      numbers.allSatisfy { bounds.contains($0) }
    default: false
    }
  }
}
