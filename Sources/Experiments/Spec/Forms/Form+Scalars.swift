internal import Datasets
internal import Groundwork
internal import Training

extension Form<Int> {
  static func integer(in range: ClosedRange<Int>, unit: String? = nil) -> Form {
    Form(
      words(for: range), .integer(in: range),
      read: { $0.integer(in: range, unit: unit) }, write: { .integer($0) })
  }

  private static func words(for range: ClosedRange<Int>) -> String {
    if range.upperBound >= Int(Int32.max) { return "integer at least \(range.lowerBound)" }
    return range.count <= 2
      ? range.map(String.init).joined(separator: " | ")
      : "integer in \(range.lowerBound)…\(range.upperBound)"
  }

  /// An amount of memory.
  static func bytes(atLeast least: Int) -> Form {
    Form(
      "bytes, such as 8 GB",
      .anyOf([
        .integer(in: least...Int.max), .text("^ *[0-9.]+([eE][0-9]+)? +([KMGT]i?)?B *$"),
      ]), read: { $0.bytes(atLeast: least) }, write: { .integer($0) })
  }
}

extension Form<Double> {
  static func number(_ bounds: Bounds, unit: String? = nil) -> Form {
    Form(
      "number \(bounds)", .number(bounds), read: { $0.number(in: bounds, unit: unit) },
      write: { .number($0) })
  }
}

extension Form<Bool> {
  static var boolean: Form {
    Form("true or false", .types("boolean"), read: { $0.boolean() }, write: { .boolean($0) })
  }

  /// Whether the highest value is the best.
  static var direction: Form {
    let names = [true, false].map(SpecValue.direction)
    return Form(
      names.joined(separator: " | "), .names(names), read: { $0.isMaximized() },
      write: { .text(SpecValue.direction($0)) })
  }
}

extension Form<String> {
  /// Any text.
  static var text: Form {
    Form("text", .scalar, read: { $0.text() }, write: { .text($0) })
  }

  /// A word that can name a folder.
  static var word: Form {
    Form(
      "word",
      JSONSchema.scalar.adding(["pattern": .text("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$")]),
      read: { $0.word() }, write: { .text($0) })
  }

  /// The path of a file or folder.
  static var path: Form {
    Form("path", .scalar, read: { $0.filePath() }, write: { .text($0) })
  }

  /// - Parameter kind: what messages call it.
  static func name(of names: [String], kind: String) -> Form {
    Form(
      names.joined(separator: " | "), .names(names), read: { $0.name(of: names, kind: kind) },
      write: { .text($0) })
  }

  /// The name of a series that a training can be judged or steered by.
  ///
  /// - Parameter kind: what messages call it.
  static func series(kind: String) -> Form {
    Form(
      "training.loss | validation.loss | validation.METRIC | validation.METRIC.CLASS",
      .types("string"), read: { $0.seriesName(kind: kind) }, write: { .text($0) })
  }
}

extension Form where Value: CaseIterable & RawRepresentable<String> {
  /// One of an enumeration's values by its name.
  ///
  /// - Parameter kind: what messages call it.
  static func choice(kind: String) -> Form {
    Form<String>.name(of: Value.allCases.map(\.rawValue), kind: kind).map(
      { name, _ in Value(rawValue: name) }, { $0.rawValue })
  }
}

extension Form<NamePattern> {
  /// A pattern of the names of parameters or layers.
  static var pattern: Form {
    Form<String>.text.called("pattern").map({ NamePattern($0) }, { $0.text })
  }
}

extension Form<TrainingInterval> {
  /// A part of a training, where a bare number means iterations.
  static var interval: Form {
    Form(
      "iterations | N epochs", .interval, read: { $0.iterationsOrEpochs() },
      write: { CanonicalJSON($0) })
  }

  /// A part of a training, where a bare number has the unit in which the training's length is written.
  static var intervalOfTraining: Form {
    Form(
      "N iterations | N epochs", .interval,
      read: { $0.interval(unit: $0.decoder.trainingUnit) }, write: { .text($0.text) })
  }
}

extension JSONSchema {
  fileprivate static let interval = JSONSchema.anyOf([
    .integer(in: 1...TrainingSection.maximumDuration),
    .text("^ *[0-9]+ +(epochs?|iterations?) *$"),
  ])
}

extension Form<EarlyStopping.Patience> {
  static var patience: Form {
    Form(
      "N epochs | N iterations | N evaluations",
      .text("^ *[0-9]+ +(epochs?|iterations?|evaluations?) *$"),
      read: { $0.patience() }, write: { .text($0.text) })
  }
}
