internal import Groundwork
internal import Sampling

/// Reads the numbers that a hyperparameter is chosen from: `range`, `log_range`, `uniform` and
/// `log_uniform`, each with its two ends.
struct NumberReading {
  static let kinds = ["range", "log_range", "uniform", "log_uniform"]

  private static let anyNumber = Bounds(
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)

  let keys: SpecMapping

  func read(_ value: SpecValue, _ kind: String) -> SearchSpace.NumberRange? {
    guard let ends = ends(value, kind) else { return nil }
    let isInteger = ends.allSatisfy {
      if case .integer = $0.node.scalar?.value { true } else { false }
    }
    let (lower, upper) = (ends[0].value, ends[1].value)
    func range(_ values: SearchDimension.Values, isInteger: Bool) -> SearchSpace.NumberRange {
      SearchSpace.NumberRange(
        values: values, isInteger: isInteger, mark: value.node.mark, kind: kind)
    }
    switch kind {
    case "log_uniform":
      keys.refuse(
        "step", remedy: "log_uniform has no steps: use log_range for integers, or list the values")
      return range(.logReal(lower: lower, upper: upper), isInteger: false)
    case "log_range":
      keys.refuse("step", remedy: "log_range takes every integer: leave it out")
      guard isInteger else {
        value.report(
          .unfitRange, "must have integers as its ends",
          remedy: "for other numbers write log_uniform")
        return nil
      }
      return range(.logIntegers(lower: lower, upper: upper), isInteger: true)
    default:
      let step = keys["step"]
      if step == nil, kind == "uniform" {
        return range(.real(lower: lower, upper: upper), isInteger: false)
      }
      if step == nil, !isInteger {
        value.report(
          .unfitRange, "needs a step, as its ends are no integers",
          remedy: "write step: …, or uniform for any number")
        return nil
      }
      var size = 1.0
      if let step {
        guard let number = step.number(in: Bounds(above: 0)) else { return nil }
        size = number
      }
      let count = ((upper - lower) / size * (1 + 1e-12) + 1e-9).rounded(.down) + 1
      guard count <= 10_000_000 else {
        value.report(
          .unfitRange, "has \(count) values",
          remedy: "at most 10000000 steps are allowed: make them larger")
        return nil
      }
      return range(
        .lattice(lower: lower, step: size, count: Int(count)),
        isInteger: isInteger && size == size.rounded())
    }
  }

  private func ends(
    _ value: SpecValue, _ kind: String
  ) -> [(node: YAMLNode, value: Double)]? {
    guard let elements = value.node.elements, elements.count == 2, let values = value.elements()
    else {
      value.report(
        .unfitRange, "must be its two ends", remedy: "write \(kind): [smallest, largest]")
      return nil
    }
    let bounds = kind.hasPrefix("log_") ? Bounds(above: 0) : Self.anyNumber
    let numbers = values.compactMap { $0.number(in: bounds) }
    guard numbers.count == 2 else { return nil }
    guard numbers[0] < numbers[1] else {
      value.report(
        .unfitRange,
        numbers[0] == numbers[1]
          ? "has one value only"
          : "ends at \(elements[1].description), below \(elements[0].description)",
        remedy: numbers[0] == numbers[1]
          ? "set it once, outside of the sweep" : "write the smaller end first")
      return nil
    }
    return [(elements[0], numbers[0]), (elements[1], numbers[1])]
  }
}
