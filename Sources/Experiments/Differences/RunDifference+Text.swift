internal import Measurements
import Tracking

extension RunDifference {
  /// - Parameter images: what was found of previews, in a line; `nil` where none were looked for.
  func text(style: Style, width: Int?, images: String? = nil) -> String {
    var parts = ["\(first.printable) → \(second.printable)"]
    parts.append(section("causes", causesText(style, width), style))
    parts.append(section("course", lines(courseText, width), style))
    if !values.isEmpty {
      parts.append(section("at the best evaluation of each", table(values, style, width), style))
    }
    if !classes.isEmpty {
      parts.append(section("by class", table(classes, style, width), style))
    }
    if let images { parts.append(section("images", lines([images], width), style)) }
    return parts.joined(separator: "\n\n")
  }

  private func section(_ title: String, _ text: String, _ style: Style) -> String {
    style.bold(title) + "\n" + text
  }

  private func lines(_ lines: [String], _ width: Int?) -> String {
    lines.flatMap { TextWidth.wrapped("  " + $0.printable, to: width ?? .max) }
      .joined(separator: "\n")
  }

  private func causesText(_ style: Style, _ width: Int?) -> String {
    guard !causes.isEmpty else {
      return lines(
        ["none is recorded: spec, data, weights, build and environment are the same"], width)
    }
    var table = TableLayout([
      .init("", .left, importance: 90), .init("what", .left, importance: .max),
      .init(first, .left, importance: .max, shortens: true),
      .init(second, .left, importance: .max, shortens: true),
      .init("results", .left, importance: 10),
    ])
    for cause in causes {
      let effect =
        switch cause.effect {
        case .differs: "differ"
        case .mayDiffer: "may differ"
        case .none: "are the same"
        }
      table.add([cause.kind.rawValue, cause.what, cause.first, cause.second, effect])
    }
    return table.text(style: style, width: width)
  }

  private var courseText: [String] {
    if let obstacle = course.obstacle { return [obstacle] }
    guard let parting = course.parting else {
      let rest = course.isSameLength ? "" : ", and then one of them goes on alone"
      return [
        "the same, bit by bit, in all \(Units.count(course.evaluations, "evaluation")) that both have\(rest)"
      ]
    }
    let point = EvaluationPoint(step: parting.step, epoch: parting.epoch)
    var text = "they part before \(point)"
    if parting.tensors > 0 {
      text += ": \(parting.tensors) of \(parting.allTensors) tensors differ there"
    }
    let shown = parting.values.prefix(3).map { value in
      "\(value.title) \(Self.number(value.first)) → \(Self.number(value.second))"
    }
    return [text] + (shown.isEmpty ? [] : [shown.joined(separator: "; ")])
  }

  private func table(_ values: [Value], _ style: Style, _ width: Int?) -> String {
    var table = TableLayout([
      .init("", .left, importance: .max, shortens: true), .init(first, .right, importance: .max),
      .init(second, .right, importance: .max), .init("difference", .right, importance: 20),
      .init("", .left, importance: 10),
    ])
    for value in values {
      let word = value.difference.flatMap { difference -> String? in
        guard let isHigher = value.higherIsBetter, difference != 0 else { return nil }
        return (difference > 0) == isHigher ? "better" : "worse"
      }
      table.add([
        value.title, Self.number(value.first), Self.number(value.second),
        value.difference.map { ($0 > 0 ? "+" : "") + Self.number($0) } ?? "—", word ?? "",
      ])
    }
    return table.text(style: style, width: width)
  }

  private static func number(_ value: Double?) -> String {
    value.map { DecimalText.significant($0).replacing("-", with: "−") } ?? "·"
  }
}
