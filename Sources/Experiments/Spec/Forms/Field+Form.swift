internal import Groundwork
internal import Networks

extension FieldDeclaration {
  /// How a spec writes a value of the field.
  var form: Form<FieldValue> {
    let fits = { (bounds: Bounds) in Form<Double>.number(bounds, unit: unit) }
    let named = { (names: [String]) in
      Form<String>.name(of: names, kind: name).field { .name($0) }
    }
    let numbers = { (bounds: Bounds) in
      Form<[Double]>.list(of: fits(bounds)).called("numbers \(bounds)").field { .numbers($0) }
    }
    return switch type {
    case .number(let bounds): fits(bounds).field { .number($0) }
    case .weight(let bounds): Form<Double>.weight(fits(bounds)).field { .number($0) }
    case .integer(let range):
      Form<Int>.integer(in: range, unit: unit).field { .integer($0) }
    case .boolean: Form<Bool>.boolean.field { .boolean($0) }
    case .name(let names): named(names)
    case .series: Form<String>.series(kind: name).field { .name($0) }
    case .names(let names): Form<[String]>.names(of: names, kind: name).field { .names($0) }
    case .range(let bounds): Form<[Double]>.range(fits(bounds), bounds).field { .numbers($0) }
    case .size: Form<Size>.size.field { .size($0) }
    case .numbersOrName(let bounds, let names):
      .either(scalar: named(names), list: numbers(bounds))
    case .classNumbers(let bounds, let names):
      .either(
        scalar: named(names), list: numbers(bounds),
        mapping: Form<[String: Double]>.byClass(fits(bounds)).field { .byName($0) })
    case .interval: Form<TrainingInterval>.interval.field { .interval($0) }
    case .intervals: Form<[TrainingInterval]>.intervals.field { .intervals($0) }
    case .solver: Form<ComponentSettings>.solver.field { .solver($0) }
    case .integerOrName(let range, let names):
      .nameOrElse(
        named(names), Form<Int>.integer(in: range, unit: unit).field { .integer($0) })
    case .extent(let range): Form<Size>.extent(range).field { .size($0) }
    case .value: Form<String>.earlierValue.field { .name($0) }
    case .values: Form<[String]>.earlierValues.field { .names($0) }
    case .layers: Form<[LayerSettings]>.layers.field { .layers($0) }
    }
  }
}

extension Form {
  /// The same form of a component's field.
  fileprivate func field(
    _ value: @escaping @Sendable (Value) -> FieldValue
  ) -> Form<FieldValue> {
    let read = read
    return Form<FieldValue>(
      words, schema, read: { read($0).map(value) }, write: { CanonicalJSON($0) })
  }
}

extension Form<FieldValue> {
  /// A name where text is written, and something else otherwise.
  fileprivate static func nameOrElse(_ name: Form, _ other: Form) -> Form {
    Form(
      "\(name.words) | \(other.words)", .anyOf([name.schema, other.schema]),
      read: { ($0.node.scalar?.value == .text ? name : other).read($0) },
      write: { CanonicalJSON($0) })
  }
}

// MARK: - Numbers

extension Form<Double> {
  /// A number, or `{weight: NUMBER}`.
  fileprivate static func weight(_ number: Form) -> Form {
    Form(
      "\(number.words) | {weight: number}",
      .anyOf([number.schema, .object([("weight", number.schema)])]),
      read: { value in
        guard value.node.entries != nil else { return number.read(value) }
        return value.decoder.whole {
          guard let keys = value.mapping() else { return nil }
          let weight = keys.required("weight").flatMap(number.read)
          keys.finish()
          return weight
        }
      }, write: { .number($0) })
  }
}

extension Form<[Double]> {
  /// Two numbers, the second not below the first.
  fileprivate static func range(_ number: Form<Double>, _ bounds: Bounds) -> Form {
    Form(
      "[lowest, highest], numbers \(bounds)", .list(of: number.schema, count: 2...2),
      read: { value in
        value.decoder.whole {
          guard let elements = value.elements() else { return nil }
          guard elements.count == 2 else {
            value.report(
              .wrongNotation, "must hold the lowest and the highest number, not \(elements.count)")
            return nil
          }
          let ends = elements.compactMap(number.read)
          if ends.count == 2, ends[1] < ends[0] {
            value.report(.outOfRange, "begins above its end", remedy: "write the lowest first")
          }
          return ends.count == 2 ? ends : nil
        }
      }, write: { .list($0.map { .number($0) }) })
  }
}

extension Form<[String: Double]> {
  /// Numbers by the names of classes.
  fileprivate static func byClass(_ number: Form<Double>) -> Form {
    Form<[(name: String, value: Double)]>.byName("CLASS", number.called("number"))
      .checked(.emptyCollection) { $0.isEmpty ? ("must not be empty", nil) : nil }
      .map(
        { numbers in Dictionary(numbers.map { ($0.name, $0.value) }) { first, _ in first } },
        { numbers in numbers.map { ($0.key, $0.value) } })
  }
}

extension Form<Size> {
  /// One number for height and width, or `[height, width]`.
  fileprivate static func extent(_ range: ClosedRange<Int>) -> Form {
    let side = Form<Int>.integer(in: range)
    return either(
      scalar: side.map({ Size(square: $0) }, { (_: Size) in nil }),
      list: Form<[Int]>.list("a number or [height, width]", [side, side]).called("[height, width]")
        .map({ Size(height: $0[0], width: $0[1]) }, { [$0.height, $0.width] }))
  }
}

// MARK: - Lists

extension Form<[String]> {
  /// Some of the names, in the order of `names`, so that lists that mean the same are the same.
  fileprivate static func names(of names: [String], kind: String) -> Form {
    let name = Form<String>.name(of: names, kind: kind)
    return Form(
      "list of \(name.words)", .list(of: name.schema, count: 1...Int.max),
      read: { value in
        value.decoder.whole {
          guard let elements = value.elements() else { return nil }
          if elements.isEmpty {
            value.report(
              .emptyCollection, "must not be empty",
              remedy: "name at least one, or leave \(kind) out")
          }
          let chosen = elements.compactMap(name.read)
          for (index, name) in chosen.enumerated() where chosen[..<index].contains(name) {
            elements[index].report(.repeatedName, "names \(name) a second time")
          }
          return names.filter { chosen.contains($0) }
        }
      }, write: { .list($0.map { .text($0) }) })
  }
}

extension Form<[TrainingInterval]> {
  fileprivate static var intervals: Form {
    let interval = Form<TrainingInterval>.interval
    return list(of: interval).called("list of (\(interval.words))").checked(.emptyCollection) {
      $0.isEmpty ? ("must not be empty", nil) : nil
    }
  }
}

// MARK: - Components within components

extension Form<ComponentSettings> {
  /// A solver's name alone, or its settings with the name as `type`.
  fileprivate static var solver: Form {
    Form(
      "NAME | {type: NAME, …}", .definition(JSONSchema.innerSolver), read: { $0.solver() },
      write: { CanonicalJSON(.solver($0)) })
  }
}

extension SpecValue {
  fileprivate func solver() -> ComponentSettings? {
    decoder.whole {
      if node.scalar != nil {
        guard let type = component(of: decoder.catalog.solvers) else { return nil }
        let settings = SpecMapping(
          path: path, title: "\(path) (type: \(type.name))", place: node.mark, entries: [],
          decoder: decoder)
        return settings.component(type, make: type.init(_:)).map {
          ComponentSettings(name: $0.name, values: $0.values)
        }
      }
      guard let keys = mapping(),
        let type = keys.required("type")?.component(of: decoder.catalog.solvers)
      else { return nil }
      keys.title = "\(path) (type: \(type.name))"
      let choice = keys.component(type, make: type.init(_:))
      keys.finish()
      return choice.map { ComponentSettings(name: $0.name, values: $0.values) }
    }
  }
}
