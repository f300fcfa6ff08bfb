internal import Datasets
internal import Groundwork
internal import Training

/// Amounts that are written with their unit.
extension SpecValue {
  /// `1 epoch`, `1000 iterations`, or a number of the training's own units.
  ///
  /// - Parameter expectation: what a message says must be written.
  func interval(
    unit: TrainingInterval?, expectation: String = "must be like '1 epoch' or '1000 iterations'"
  ) -> TrainingInterval? {
    if case .integer = node.scalar?.value {
      let count = integer(in: 1...TrainingSection.maximumDuration)
      return count.map { count in
        if case .iterations = unit { .iterations(count) } else { .epochs(count) }
      }
    }
    if let (count, word) = wholeAmount(), let interval = Self.interval(count, word) {
      return interval
    }
    report(.wrongNotation, "\(expectation), not \(node.description)")
    return nil
  }

  /// A bare number means iterations.
  func iterationsOrEpochs() -> TrainingInterval? { interval(unit: .iterations(1)) }

  /// `10 epochs`, `500 iterations` or `5 evaluations`: a bare number could be any of them.
  func patience() -> EarlyStopping.Patience? {
    if let (count, word) = wholeAmount() {
      if let interval = Self.interval(count, word) { return .interval(interval) }
      if word == "evaluation" || word == "evaluations" { return .evaluations(count) }
    }
    report(
      .wrongNotation,
      "must be like '10 epochs', '500 iterations' or '5 evaluations', not \(node.description)")
    return nil
  }

  private static func interval(_ count: Int, _ word: String) -> TrainingInterval? {
    switch word {
    case "epoch", "epochs": .epochs(count)
    case "iteration", "iterations": .iterations(count)
    default: nil
    }
  }

  /// The number and the word of a part of a training.
  private func wholeAmount() -> (count: Int, unit: String)? {
    guard let (count, word) = amount(), case .integer(let count?) = count.value,
      1...TrainingSection.maximumDuration ~= count
    else { return nil }
    return (count, word)
  }

  /// `90 s`, `10 minutes` or `6 h`; `nil` where something else is written, about which nothing is reported.
  func durationIfWritten() -> SpecDuration? {
    guard let (count, word) = amount(), let number = count.number,
      let unit = SpecDuration.units[word], SpecDuration.bounds.contains(number * unit)
    else { return nil }
    return SpecDuration(seconds: number * unit)
  }

  /// `2 GB`, `512 MiB`, or a number of bytes; at least one.
  func bytes(atLeast least: Int = 1) -> Int? {
    if case .integer = node.scalar?.value { return integer(in: least...Int.max, unit: "bytes") }
    if let (count, word) = amount(), let number = count.number, number > 0,
      let factor = Self.byteUnits[word], let bytes = Int(exactly: (number * factor).rounded()),
      bytes > 0
    {
      return bytes
    }
    report(.wrongNotation, "must be like '2 GB' or '512 MiB', not \(node.description)")
    return nil
  }

  /// Decimal and binary multiples (IEC 80000-13).
  private static let byteUnits: [String: Double] = [
    "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
    "KiB": 0x1p10, "MiB": 0x1p20, "GiB": 0x1p30, "TiB": 0x1p40,
  ]

  /// The number and the word of `number word`.
  private func amount() -> (count: YAMLScalar, unit: String)? {
    let words = node.scalar?.text.split(separator: " ") ?? []
    guard words.count == 2 else { return nil }
    return (YAMLScalar(text: String(words[0]), isPlain: true), String(words[1]))
  }
}

/// A time as a spec writes it.
struct SpecDuration: Sendable, Hashable {
  var seconds: Double

  /// A millisecond to a year.
  static let bounds = 0.001...31_536_000

  /// What words mean, in seconds.
  static let units: [String: Double] = [
    "s": 1, "second": 1, "seconds": 1, "min": 60, "minute": 60, "minutes": 60, "h": 3600,
    "hour": 3600,
    "hours": 3600, "d": 86_400, "day": 86_400, "days": 86_400,
  ]

  /// In the largest unit of which it is a whole number, else in seconds.
  var text: String {
    for (unit, word) in [(86_400.0, "day"), (3600, "hour"), (60, "minute"), (1, "second")] {
      guard let count = Int(exactly: seconds / unit) else { continue }
      return count == 1 ? "1 \(word)" : "\(count) \(word)s"
    }
    return "\(seconds) seconds"
  }
}

extension Form<SpecDuration> {
  static var duration: Form {
    Form(
      "time, such as 6 h",
      .text(
        "^ *[0-9.]+([eE][0-9]+)? +(\(SpecDuration.units.keys.sorted().joined(separator: "|"))) *$"),
      read: { value in
        if let duration = value.durationIfWritten() { return duration }
        value.report(
          .wrongNotation, "must be like '30 min' or '6 h', not \(value.node.description)")
        return nil
      }, write: { .text($0.text) })
  }
}
