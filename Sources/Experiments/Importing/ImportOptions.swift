import ArgumentParser
import Tracking

/// What a person may say of an import besides the source and the format, as it is typed.
enum ImportOption: String, CaseIterable, Sendable {
  case name = "--as"
  case series = "--series"
  case maximize = "--maximize"
  case minimize = "--minimize"
}

/// The options themselves.
struct ImportOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The experiment that the runs become; what they were filed under there if not given.",
      valueName: "name"))
  var name: String?

  @Option(
    name: .customLong("series"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      Call a metric otherwise, e.g. val_jaccard=validation.mean_iou, so that it stands beside the same \
      metric of other runs. May be repeated.
      """,
      valueName: "metric=series"))
  var series: [String] = []

  @Option(
    help: ArgumentHelp("The series that says which run is best: higher is.", valueName: "series"))
  var maximize: String?

  @Option(
    help: ArgumentHelp("The series that says which run is best: lower is.", valueName: "series"))
  var minimize: String?

  /// Those that were typed.
  var given: Set<ImportOption> {
    let isGiven: [ImportOption: Bool] = [
      .name: name != nil, .series: !series.isEmpty, .maximize: maximize != nil,
      .minimize: minimize != nil,
    ]
    return Set(isGiven.filter(\.value).keys)
  }

  /// What runs are judged by; `nil` where nobody says.
  var objective: Objective? {
    maximize.map { Objective(metric: $0, maximize: true) }
      ?? minimize.map { Objective(metric: $0, maximize: false) }
  }

  /// Metrics as the tracker calls them, with the names that they get.
  var renamed: [String: String] {
    let pairs = series.compactMap { text in
      text.lastIndex(of: "=").map {
        (String(text[..<$0]), String(text[text.index(after: $0)...]))
      }
    }
    return Dictionary(pairs) { $1 }
  }

  func validate() throws {
    for text in series where !text.contains("=") || text.hasPrefix("=") || text.hasSuffix("=") {
      throw ValidationError(
        "--series \(text): write the metric and its new name, e.g. val_jaccard=validation.mean_iou")
    }
    if maximize != nil, minimize != nil {
      throw ValidationError("--maximize and --minimize: write one of them")
    }
    if let name, !Self.isExperiment(name) {
      throw ValidationError(
        "--as \(name): an experiment is at most 100 letters, digits, '-', '_' and '.', the first "
          + "neither '-' nor '.'")
    }
  }

  /// Refuses what means nothing to a format.
  func check(for format: any ImportFormat) throws {
    guard let other = given.subtracting(format.options).map(\.rawValue).sorted().first else {
      return
    }
    throw ValidationError("\(other) means nothing to \(format.name): leave it out")
  }

  /// Whether a folder of records may be called so.
  static func isExperiment(_ name: String) -> Bool {
    (1...100).contains(name.count) && !name.hasPrefix("-") && !name.hasPrefix(".")
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  /// The nearest name that a folder of records may have.
  static func experiment(_ name: String) -> String {
    let letters = name.map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber || "-_.".contains(letter))
        ? letter : "-"
    }
    let trimmed = String(letters.drop { $0 == "-" || $0 == "." }.prefix(100))
    return trimmed.isEmpty ? "imported" : trimmed
  }
}
