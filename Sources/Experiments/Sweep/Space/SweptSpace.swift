internal import Datasets
internal import Sampling

/// A sweep's space with what leads from its points to values of the spec.
struct SweptSpace: Sendable {
  let space: Space
  /// The axes, in the order of the space's dimensions.
  let axes: [SearchSpace.Axis]

  /// What a point sets, in the order in which the axes were written.
  func assignments(_ point: Point) -> [SpecAssignment] {
    written.flatMap { index in
      point.values[index].map { axes[index].assignments($0) } ?? []
    }
  }

  /// The dimensions in the order in which their axes were written.
  private let written: [Int]
}

extension SweptSpace {
  /// Builds it, and reports what its conditions name that there is not.
  ///
  /// - Parameters:
  ///   - isGrid: a grid counts in the order of writing; elsewhere hyperparameters are in the order of their
  ///     names, so that writing them in another order changes no trial.
  ///   - tree: the spec, whose own values conditions may name.
  static func make(
    _ search: SearchSpace, isGrid: Bool, tree: YAMLNode, _ decoder: SpecDecoder
  ) -> SweptSpace? {
    decoder.whole {
      let order = search.axes.indices.sorted { left, right in
        isGrid ? left < right : search.axes[left].name < search.axes[right].name
      }
      let axes = order.map { search.axes[$0] }
      let names = SweptNames(axes, tree: tree, decoder)
      let dimensions = axes.enumerated().map { index, axis in
        SearchDimension(
          axis.name, axis.dimension,
          when: axis.condition.map { names.conditions($0, of: index) } ?? [])
      }
      let constraints = search.requirements.compactMap(names.constraint)
      do throws(Space.Cycle) {
        return SweptSpace(
          space: try Space(dimensions, constraints: constraints), axes: axes,
          written: order.indices.sorted { order[$0] < order[$1] })
      } catch {
        let circle = error.dimensions + error.dimensions.prefix(1)
        let first = axes[error.dimensions[0]]
        decoder.report(
          .unfitCondition,
          "hyperparameters wait for each other: "
            + circle.map { axes[$0].name }.joined(separator: " → "),
          at: first.condition?.node.mark ?? first.place, remedy: "take one of their 'when' out")
        return nil
      }
    }
  }
}

/// What the words of conditions mean.
private struct SweptNames {
  let axes: [SearchSpace.Axis]
  let tree: YAMLNode
  let decoder: SpecDecoder
  private let places: [String: (axis: Int, column: Int)]

  init(_ axes: [SearchSpace.Axis], tree: YAMLNode, _ decoder: SpecDecoder) {
    (self.axes, self.tree, self.decoder) = (axes, tree, decoder)
    var places: [String: (axis: Int, column: Int)] = [:]
    for (index, axis) in axes.enumerated() {
      for (column, path) in axis.paths.enumerated() {
        places[path.path.description] = (index, column)
      }
    }
    self.places = places
  }

  /// What an axis' value is for one of its paths.
  private static func value(
    _ axis: SearchSpace.Axis, _ column: Int, _ value: Double
  ) -> ExpressionValue {
    switch axis.values {
    case .rows(let rows): ExpressionValue(rows[Int(value)][column])
    case .numbers: .number(value)
    }
  }

  // MARK: - when

  /// A condition is a conjunction of tests, each of one hyperparameter against what is written.
  func conditions(
    _ requirement: SearchSpace.Requirement, of axis: Int
  ) -> [SearchDimension.Condition] {
    tests(requirement.expression).flatMap { test -> [SearchDimension.Condition] in
      let named = test.words.filter { places[$0.text] != nil }
      guard let word = named.first, let place = places[word.text] else {
        let unknown = test.words.first
        let near = unknown.flatMap { NearestName.of($0.text, among: places.keys.sorted()) }
        decoder.report(
          .unfitCondition,
          "\(unknown.map { "'\($0.text)'" } ?? "this") is no hyperparameter of this sweep",
          at: unknown.map(requirement.node.mark) ?? requirement.node.mark,
          remedy: near.map { "did you mean '\($0)'?" } ?? "one of "
            + places.keys.sorted().joined(separator: ", "))
        return []
      }
      guard Set(named.map(\.text)).count == 1 else {
        decoder.report(
          .unfitCondition, "a test of 'when' names two hyperparameters",
          at: requirement.node.mark(of: named[1]),
          remedy: "compare one with a value here, and write what holds between two under require")
        return []
      }
      return condition(test, place, requirement).map { [$0] } ?? []
    }
  }

  private func tests(_ expression: SweepExpression) -> [SweepExpression] {
    if case .and(let left, let right) = expression { return tests(left) + tests(right) }
    return [expression]
  }

  private func condition(
    _ test: SweepExpression, _ place: (axis: Int, column: Int),
    _ requirement: SearchSpace.Requirement
  ) -> SearchDimension.Condition? {
    let name = axes[place.axis].paths[place.column].path.description
    func holds(_ number: Double) -> Bool? {
      test.truth { $0 == name ? Self.value(axes[place.axis], place.column, number) : nil }
    }
    let dimension = SearchDimension(name, axes[place.axis].dimension)
    if let count = dimension.count, count <= 100_000 {
      let values = (0..<count).map(dimension.value)
      let truths = values.map(holds)
      guard !truths.contains(nil) else { return incomparable(requirement) }
      guard truths.contains(true) else {
        decoder.report(
          .unmetCondition, "no value of \(name) meets this, so that it never holds",
          at: requirement.node.mark,
          remedy: "compare with one of its values, or leave the hyperparameter out")
        return nil
      }
      if case .choice = axes[place.axis].dimension {
        return .init(place.axis, .among(Set(truths.indices.filter { truths[$0] == true })))
      }
      // A test of a number is met by a run of values, by one, or by all but one.
      let met = values.indices.filter { truths[$0] == true }.map { values[$0] }
      if met.count == 1 { return .init(place.axis, .equal(met[0])) }
    }
    guard case .compared(.word, let comparison, let other) = test,
      let bound = other.value({ _ in nil })?.number
    else {
      decoder.report(
        .unfitCondition, "a test of \(name), which is a number, compares it with one",
        at: requirement.node.mark,
        remedy: "as in \(name) >= 2")
      return nil
    }
    switch comparison {
    case .equal: return .init(place.axis, .equal(bound))
    case .unequal: return .init(place.axis, .notEqual(bound))
    case .less: return .init(place.axis, .less(bound))
    case .atMost: return .init(place.axis, .atMost(bound))
    case .more: return .init(place.axis, .greater(bound))
    case .atLeast: return .init(place.axis, .atLeast(bound))
    }
  }

  private func incomparable(
    _ requirement: SearchSpace.Requirement
  ) -> SearchDimension.Condition? {
    decoder.report(
      .unfitCondition, "this compares numbers with text, or is neither true nor false",
      at: requirement.node.mark,
      remedy: "as in solver.type == SGD and solver.base_lr <= 0.1")
    return nil
  }

  // MARK: - require

  func constraint(_ requirement: SearchSpace.Requirement) -> Space.Constraint? {
    let words = requirement.expression.words
    let swept = words.filter { places[$0.text] != nil }
    var constants: [String: ExpressionValue] = [:]
    for word in words where places[word.text] == nil {
      if let node = SpecPath(word.text).flatMap({ tree.value(at: $0.components[...]) }) {
        constants[word.text] = ExpressionValue(node)
      } else if word.text.contains(".") {
        let near = NearestName.of(word.text, among: places.keys.sorted())
        decoder.report(
          .unfitCondition, "'\(word.text)' is neither swept nor written in the spec",
          at: requirement.node.mark(of: word),
          remedy: near.map { "did you mean '\($0)'?" } ?? "write its value in the spec")
        return nil
      }
    }
    guard !swept.isEmpty else {
      decoder.report(
        .unmetCondition,
        "this names no hyperparameter of the sweep, so that it holds for all points or for none",
        at: requirement.node.mark, remedy: "leave it out")
      return nil
    }
    let names = Array(Set(swept.map(\.text))).sorted()
    let columns = names.compactMap { places[$0] }
    let (expression, fixed, axes) = (requirement.expression, constants, axes)
    let dimensions = Array(Set(columns.map(\.axis))).sorted()
    let positions = columns.map { column in dimensions.firstIndex(of: column.axis) ?? 0 }
    @Sendable func truth(_ values: [Double]) -> Bool? {
      var known = fixed
      for (index, name) in names.enumerated() {
        known[name] = Self.value(
          axes[columns[index].axis], columns[index].column, values[positions[index]])
      }
      return expression.truth { known[$0] }
    }
    let first = dimensions.map { SearchDimension("", axes[$0].dimension).value(at: 0) }
    guard truth(first) != nil else {
      _ = incomparable(requirement)
      return nil
    }
    return Space.Constraint(dimensions) { truth($0) == true }
  }
}

extension YAMLNode {
  /// The value that a path leads to through mappings.
  fileprivate func value(at path: ArraySlice<String>) -> YAMLNode? {
    guard let key = path.first else { return isNull ? nil : self }
    return self[key]?.value(at: path.dropFirst())
  }
}
