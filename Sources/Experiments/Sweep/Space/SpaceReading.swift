internal import Datasets

/// Reads what a sweep varies.
struct SpaceReading {
  let decoder: SpecDecoder

  /// `parameters`: a path with a list of values, or with one of the ``NumberReading`` forms.
  func axes(_ value: SpecValue) -> [SearchSpace.Axis] {
    (value.mapping()?.entries ?? []).compactMap { entry in
      guard let path = path(entry) else { return nil }
      guard entry.value.entries != nil else {
        return rows(entry, path).map {
          SearchSpace.Axis(path: path, place: entry.keyMark, values: $0)
        }
      }
      return axis(
        SpecValue(
          path: value.path.appending(path.description), node: entry.value, place: entry.keyMark,
          decoder: decoder), path)
    }
  }

  /// A list of values, none of them missing.
  private func rows(_ entry: YAMLEntry, _ path: SpecPath) -> [YAMLNode]? {
    guard let values = entry.value.elements else {
      decoder.report(
        .wrongType, "\(path) must list its values, not be \(entry.value.description)",
        at: entry.value.isNull ? entry.keyMark : entry.value.mark,
        remedy: entry.value.scalar.flatMap { $0.text.isEmpty ? nil : "write [\($0.text)]" })
      return nil
    }
    if values.isEmpty {
      decoder.report(
        .noTrials, "\(path) has no values, which leaves no trials", at: entry.value.mark)
      return nil
    }
    return values
  }

  private func axis(_ value: SpecValue, _ path: SpecPath) -> SearchSpace.Axis? {
    guard let keys = value.mapping() else { return nil }
    keys.title = path.description
    let condition = keys["when"].flatMap(requirement)
    let forms = ["choice"] + NumberReading.kinds
    keys.requireAtMostOne(of: forms)
    let written = keys.entries.first { forms.contains($0.key) }
    defer { keys.finish() }
    for form in forms { _ = keys.has(form) }
    guard let written else {
      decoder.report(
        .noTrials, "\(path) says no values", at: value.place,
        remedy: "write a list, or one of " + forms.joined(separator: ", "))
      return nil
    }
    var axis: SearchSpace.Axis
    if written.key == "choice" {
      guard let values = rows(written, path) else { return nil }
      axis = SearchSpace.Axis(path: path, place: value.place, values: values)
    } else {
      guard
        let range = keys[written.key].flatMap({ NumberReading(keys: keys).read($0, written.key) })
      else { return nil }
      axis = SearchSpace.Axis(
        name: path.description, place: value.place, paths: [(path, value.place)],
        values: .numbers(range))
    }
    axis.condition = condition
    return axis
  }

  /// `zip`: groups of paths with equally many values, which move together.
  func groups(_ value: SpecValue) -> [SearchSpace.Axis] {
    (value.mapping()?.entries ?? []).compactMap { entry in
      let group = SpecValue(
        path: value.path.appending(entry.key), node: entry.value, place: entry.keyMark,
        decoder: decoder)
      let columns = (group.mapping()?.entries ?? []).compactMap { column in
        path(column).flatMap { path in
          rows(column, path).map { (path: path, entry: column, values: $0) }
        }
      }
      guard let first = columns.first, columns.count == entry.value.entries?.count else {
        if entry.value.entries?.isEmpty == true { group.report(.noTrials, "has no paths") }
        return nil
      }
      if let other = columns.first(where: { $0.values.count != first.values.count }) {
        decoder.report(
          .unequalValues,
          "\(other.path) has \(other.values.count) values, and \(first.path), which moves with it, "
            + "has \(first.values.count)", at: other.entry.value.mark,
          remedy: "write as many for each")
        return nil
      }
      return SearchSpace.Axis(
        name: entry.key, place: entry.keyMark,
        paths: columns.map { ($0.path, $0.entry.keyMark) },
        values: .rows(first.values.indices.map { row in columns.map { $0.values[row] } }))
    }
  }

  /// `require`: conditions that every point meets.
  func requirements(_ value: SpecValue) -> [SearchSpace.Requirement] {
    guard value.node.elements != nil else { return requirement(value).map { [$0] } ?? [] }
    return (value.elements() ?? []).compactMap(requirement)
  }

  private func requirement(_ value: SpecValue) -> SearchSpace.Requirement? {
    guard let text = value.text() else { return nil }
    do throws(SweepExpression.Problem) {
      return SearchSpace.Requirement(
        expression: try ExpressionParser.parse(text), node: value.node)
    } catch {
      decoder.report(
        .unfitCondition, "\(value.path): \(error.message)", at: value.node.mark(of: error.word),
        remedy: "as in solver.type == SGD and solver.base_lr <= 0.1")
      return nil
    }
  }

  /// `start`: points to begin with.
  func starts(_ value: SpecValue) -> [[SpecAssignment]] {
    (value.elements() ?? []).compactMap { point($0) }
  }

  /// `points`: the points themselves, or a CSV file of them.
  func points(_ value: SpecValue) -> [[SpecAssignment]] {
    if value.node.scalar != nil, !value.node.isNull {
      return PointsFile.read(value, folder: decoder.folder ?? ".", path: path)
    }
    guard let elements = value.elements() else { return [] }
    if elements.isEmpty { value.report(.noTrials, "has no points, which leaves no trials") }
    return elements.compactMap(point)
  }

  private func point(_ element: SpecValue) -> [SpecAssignment]? {
    element.mapping()?.entries.compactMap { entry in
      path(entry).map { SpecAssignment(path: $0, place: entry.keyMark, value: entry.value) }
    }
  }

  private func path(_ entry: YAMLEntry) -> SpecPath? {
    guard let path = SpecPath(entry.key), let first = path.components.first else {
      decoder.report(
        .unsweepablePath, "'\(entry.key)' is no path", at: entry.keyMark,
        remedy: "write keys with a '.' between them")
      return nil
    }
    if SweepSection.notSweepable.contains(first) {
      decoder.report(
        .unsweepablePath, "\(path) cannot be swept: it does not change a trial", at: entry.keyMark,
        remedy: "leave it out")
      return nil
    }
    return path
  }

  // MARK: - What does not go together

  /// Two hyperparameters that set the same value would undo each other.
  func refuseOverlaps(_ axes: [SearchSpace.Axis]) {
    let paths = axes.flatMap(\.paths)
    for (index, later) in paths.enumerated() {
      guard
        let earlier = paths[..<index].first(where: {
          $0.path.contains(later.path) || later.path.contains($0.path)
        })
      else { continue }
      let reason =
        earlier.path == later.path
        ? "\(later.path) is swept twice"
        : "\(later.path) and \(earlier.path) are both swept, and one holds the other"
      decoder.report(
        .sweptTwice, reason, at: later.place,
        remedy: "leave one of them out, or join them in values of the longer")
    }
    var names: Set<String> = []
    for axis in axes where !names.insert(axis.name).inserted && axis.paths.count > 1 {
      decoder.report(.sweptTwice, "the group \(axis.name) is named twice", at: axis.place)
    }
  }

  /// A grid needs values that can be counted.
  func refuseEndless(_ axes: [SearchSpace.Axis]) {
    for axis in axes where axis.count == nil {
      guard case .numbers(let range) = axis.values else { continue }
      decoder.report(
        .endlessGrid,
        "\(axis.name) has no end of values between two numbers, which a grid cannot try",
        at: range.mark,
        remedy:
          "write step: …, list its values, or choose a method that draws: random, sobol, tpe, gp")
    }
  }
}

extension YAMLNode {
  /// The place of a word in a text on one line; of the whole text where that cannot be told.
  func mark(of word: SweepExpression.Word) -> Mark {
    guard let scalar, let position = mark.position,
      mark.source.line(position.line).unicodeScalars.count
        >= position.column - 1 + scalar.text.unicodeScalars.count
    else { return mark }
    let quote = scalar.isPlain ? 0 : 1
    let line = Array(mark.source.line(position.line).unicodeScalars)
    let start = position.column - 1 + quote
    let written = Array(scalar.text.unicodeScalars)
    guard start + written.count <= line.count, Array(line[start..<start + written.count]) == written
    else { return mark }
    return Mark(
      mark.source, line: position.line, column: position.column + quote + word.offset,
      length: max(1, word.text == "the end" ? 1 : word.text.unicodeScalars.count))
  }
}
