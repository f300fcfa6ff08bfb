internal import Sampling
internal import Tracking

/// What a sweep varies, as it was written.
struct SearchSpace: Sendable {
  /// The hyperparameters of `parameters` and the groups of `zip`, in the order of writing.
  var axes: [Axis] = []
  /// What must hold between them.
  var requirements: [Requirement] = []
  /// Points to begin with; what they leave out is drawn.
  var starts: [[SpecAssignment]] = []
  /// The points of `points`, each with its own assignments.
  var points: [[SpecAssignment]] = []

  /// One hyperparameter, or several paths whose values move together.
  struct Axis: Sendable {
    /// The path, or the name of the group.
    let name: String
    let place: Mark
    /// The paths that it sets, each with where it is written.
    let paths: [(path: SpecPath, place: Mark)]
    let values: Values
    /// When it is set at all; `nil`: always.
    var condition: Requirement?

    enum Values: Sendable {
      /// Never empty; each has a value for each path.
      case rows([[YAMLNode]])
      case numbers(NumberRange)
    }
  }

  /// Numbers between two ends.
  struct NumberRange: Sendable {
    let values: SearchDimension.Values
    /// True where they are written as integers.
    let isInteger: Bool
    let mark: Mark
    /// How it is written, as `{uniform: [0, 1]}`.
    let kind: String
  }

  /// A condition with the place of its text.
  struct Requirement: Sendable {
    let expression: SweepExpression
    let node: YAMLNode
  }

  /// A factor of the number of trials, e.g. `solver.base_lr 3`.
  struct Factor: Sendable, Hashable {
    let name: String
    let count: Int
  }
}

extension SearchSpace {
  /// Every path that is set by axes, points or starts.
  var paths: [SpecPath] {
    axes.flatMap { $0.paths.map(\.path) } + points.flatMap { $0.map(\.path) }
  }
}

extension SearchSpace.Axis {
  /// A path with the values that it takes.
  init(path: SpecPath, place: Mark, values: [YAMLNode]) {
    self.init(
      name: path.description, place: place, paths: [(path, place)],
      values: .rows(values.map { [$0] }))
  }

  /// What the mathematics of samplers knows of it.
  var dimension: SearchDimension.Values {
    switch values {
    case .rows(let rows): .choice(count: rows.count)
    case .numbers(let range): range.values
    }
  }

  /// The number of its values, `nil` where they cannot be counted.
  var count: Int? { SearchDimension(name, dimension).count }

  /// What is set where it takes a value of ``dimension``.
  func assignments(_ value: Double) -> [SpecAssignment] {
    switch values {
    case .rows(let rows):
      zip(paths, rows[Int(value)]).map {
        SpecAssignment(path: $0.path, place: $0.place, value: $1)
      }
    case .numbers(let range):
      paths.map {
        SpecAssignment(
          path: $0.path, place: $0.place, value: range.node(value), shown: range.shown(value))
      }
    }
  }
}

extension SearchSpace.NumberRange {
  /// A value as YAML, with all its digits, at the place where the range is written.
  func node(_ value: Double) -> YAMLNode {
    YAMLNode(content: .scalar(YAMLScalar(text: text(value), isPlain: true)), mark: mark)
  }

  /// As many digits as tell places of the range apart that matter.
  func shown(_ value: Double) -> String {
    switch values {
    case .choice, .lattice, .logIntegers: return WrittenNumbers.shortest(value)
    case .logReal: return WrittenNumbers.shortest(WrittenNumbers.rounded(value, digits: 4))
    case .real(let lower, let upper):
      var digits = 4
      var ratio = max(lower.magnitude, upper.magnitude) / (upper - lower)
      while ratio > 10, digits < 12 { (ratio, digits) = (ratio / 10, digits + 1) }
      return WrittenNumbers.shortest(WrittenNumbers.rounded(value, digits: digits))
    }
  }

  func text(_ value: Double) -> String {
    if isInteger, let integer = Int(exactly: value) { return "\(integer)" }
    return WrittenNumbers.shortest(value)
  }

  /// The smallest and the largest value.
  var ends: (lower: Double, upper: Double) {
    switch values {
    case .choice(let count): (0, Double(count - 1))
    case .lattice(let lower, _, let count):
      (lower, SearchDimension("", values).value(count - 1))
    case .logIntegers(let lower, let upper), .real(let lower, let upper),
      .logReal(let lower, let upper):
      (lower, upper)
    }
  }
}
