internal import Datasets
internal import Sampling

/// The points that a sweep is to begin with, as points of its space.
struct StartingPoints {
  let swept: SweptSpace
  let decoder: SpecDecoder

  /// - Returns: each point with what it leaves out drawn as a random trial of its number.
  func points(_ starts: [[SpecAssignment]], seed: UInt64) -> [Point] {
    starts.enumerated().compactMap { index, assignments in
      var given: [Int: Double] = [:]
      for assignment in assignments {
        guard let (axis, value) = value(assignment) else { continue }
        if let other = given[axis], other != value {
          decoder.report(
            .unfitStart, "\(assignment.path) is of another row than what moves with it",
            at: assignment.value.mark,
            remedy: "take both values from one row of the group")
        }
        given[axis] = value
      }
      let drawn = swept.axes.indices.map { axis in
        let unit = SamplingStream(seed: seed, .random, index: index, item: axis).uniform(0)
        return swept.space.dimensions[axis].value(at: unit)
      }
      let point = swept.space.point { given[$0] ?? drawn[$0] }
      if let idle = given.keys.sorted().first(where: { point.values[$0] == nil }) {
        decoder.report(
          .unfitStart, "\(swept.axes[idle].name) is not active with the other values of this point",
          at: assignments.first { $0.path == swept.axes[idle].paths[0].path }?.place
            ?? swept.axes[idle].place, remedy: "leave it out")
      }
      if !swept.space.isFeasible(point), let first = assignments.first {
        decoder.report(
          .unfitStart, "the point does not meet what sweep.require asks for", at: first.place,
          remedy: "change it, or write all of its values")
      }
      return point
    }
  }

  private func value(_ assignment: SpecAssignment) -> (axis: Int, value: Double)? {
    for (index, axis) in swept.axes.enumerated() {
      guard let column = axis.paths.firstIndex(where: { $0.path == assignment.path }) else {
        continue
      }
      switch axis.values {
      case .rows(let rows):
        guard let row = rows.firstIndex(where: { $0[column].isSame(as: assignment.value) }) else {
          return refuse(assignment, "is none of its values in this sweep")
        }
        return (index, Double(row))
      case .numbers(let range):
        guard let number = assignment.value.scalar?.number else {
          return refuse(assignment, "must be a number")
        }
        let (lower, upper) = range.ends
        guard number >= lower, number <= upper else {
          return refuse(
            assignment,
            "lies outside of \(range.kind): [\(range.text(lower)), \(range.text(upper))]")
        }
        let dimension = swept.space.dimensions[index]
        if dimension.count != nil, dimension.value(at: dimension.unit(of: number)) != number {
          return refuse(assignment, "is not on a step of its range")
        }
        return (index, number)
      }
    }
    let names = swept.axes.flatMap { $0.paths.map(\.path.description) }.sorted()
    decoder.report(
      .unfitStart, "\(assignment.path) is no hyperparameter of this sweep", at: assignment.place,
      remedy: SpecValue.suggestion(assignment.path.description, names))
    return nil
  }

  private func refuse(
    _ assignment: SpecAssignment, _ reason: String
  ) -> (axis: Int, value: Double)? {
    decoder.report(
      .unfitStart, "\(assignment.path) \(reason)", at: assignment.value.mark,
      remedy: "begin with a value that the sweep could choose")
    return nil
  }
}

extension YAMLNode {
  /// True where both say the same, wherever they are written.
  fileprivate func isSame(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let left), .scalar(let right)):
      left.number.map { $0 == right.number } ?? (left.text == right.text)
    case (.sequence(let left), .sequence(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      left.count == right.count
        && left.allSatisfy { entry in other[entry.key].map { entry.value.isSame(as: $0) } ?? false }
    default: false
    }
  }
}
