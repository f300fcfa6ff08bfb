internal import Datasets
internal import Groundwork
internal import Training

/// Amounts that are written with their unit.
extension SpecValue {
  /// `1 epoch`, `1000 iterations`, or a number of the training's own units.
  func interval(unit: TrainingInterval?) -> TrainingInterval? {
    if case .integer = node.scalar?.value {
      let count = integer(in: 1...TrainingSection.maximumDuration)
      return count.map { count in
        if case .iterations = unit { .iterations(count) } else { .epochs(count) }
      }
    }
    if let (count, word) = wholeAmount(), let interval = Self.interval(count, word) {
      return interval
    }
    report("must be like '1 epoch' or '1000 iterations', not \(node.description)")
    return nil
  }

  /// `10 epochs`, `500 iterations` or `5 evaluations`: a bare number could be any of them.
  func patience() -> EarlyStopping.Patience? {
    if let (count, word) = wholeAmount() {
      if let interval = Self.interval(count, word) { return .interval(interval) }
      if word == "evaluation" || word == "evaluations" { return .evaluations(count) }
    }
    report(
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

  /// `2 GB`, `512 MiB`, or a number of bytes; at least one.
  func bytes(atLeast least: Int = 1) -> Int? {
    if case .integer = node.scalar?.value { return integer(in: least...Int.max, unit: "bytes") }
    if let (count, word) = amount(), let number = count.number, number > 0,
      let factor = Self.byteUnits[word], let bytes = Int(exactly: (number * factor).rounded()),
      bytes > 0
    {
      return bytes
    }
    report("must be like '2 GB' or '512 MiB', not \(node.description)")
    return nil
  }

  /// `30 s`, `10 min`, `6 h` or `2 d`, in seconds: above 0.
  func seconds() -> Double? {
    if let (count, word) = amount(), let number = count.number, number > 0, number.isFinite,
      let factor = Self.timeUnits[word]
    {
      return number * factor
    }
    report("must be like '30 min' or '6 h', not \(node.description)")
    return nil
  }

  private static let timeUnits: [String: Double] = [
    "s": 1, "seconds": 1, "min": 60, "minutes": 60, "h": 3600, "hours": 3600, "d": 86400,
    "days": 86400,
  ]

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
