/// Settings of an evaluation that are tried one after the other: every combination of the values of each.
struct SweptSettings {
  /// As `path=value,value` each.
  private let settings: [(path: String, values: [String])]

  /// - Throws: ``Failure`` where one is not written so.
  init(_ texts: [String]) throws(Failure) {
    var settings: [(path: String, values: [String])] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0].hasPrefix("evaluation.") else {
        throw Failure(
          .usage,
          "error: --sweep \(text): write evaluation.PATH=VALUE,VALUE, as in "
            + "evaluation.postprocessing.threshold.probability=0.3,0.5,0.7")
      }
      settings.append((parts[0], Self.values(parts[1])))
    }
    let count = settings.reduce(1) { $0 * $1.values.count }
    guard count <= Self.maximumPoints else {
      throw Failure(
        .usage, "error: --sweep makes \(count) points, and at most \(Self.maximumPoints) are made")
    }
    self.settings = settings
  }

  private static let maximumPoints = 1000

  var paths: [String] { settings.map(\.path) }

  /// The values of each point, in the order of the paths; the last path changes fastest.
  var points: [[String]] {
    settings.reduce([[]]) { points, setting in
      points.flatMap { point in setting.values.map { point + [$0] } }
    }
  }

  /// A point as overrides of a spec.
  func overrides(_ point: [String]) -> [String] { zip(paths, point).map { "\($0)=\($1)" } }

  /// Between commas that stand in no brackets and no quotes.
  static func values(_ text: String) -> [String] {
    var values = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      } else if character == ",", depth == 0 {
        values.append("")
        continue
      }
      values[values.count - 1].append(character)
    }
    return values.map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init)
  }
}
