/// Which runs a command is about, in the words that a person types.
///
/// | written | means |
/// |---|---|
/// | `camvid-losses` | every run of that experiment |
/// | `camvid-losses/3` | its trial number 3, as the spec numbered it when it was run last |
/// | `camvid-losses/3-7,9` | its trials 3 to 7, and 9 |
/// | `camvid-losses/wide` | its run that a person has called so |
/// | `camvid-losses/9f8e` | its run whose id begins so; at least 4 hexadecimal digits |
/// | `9f8e` | the run whose id begins so, of whatever experiment |
/// | `wide`, `name:wide` | the run that a person has called so, of whatever experiment |
/// | `cam*` | every run of the experiments that are called so; `*` is any text, `?` any letter |
/// | `tag:baseline` | every run with that tag |
/// | `@last` | the run whose latest attempt began last |
/// | `@best:camvid-losses` | its best run, by the experiment's objective |
package enum Selector: Sendable, Hashable {
  /// A bare word: an experiment, a run's own name or the beginning of an id, the first of these that
  /// exists.
  case name(String)
  /// An experiment with the number of a trial, a run's own name or the beginning of an id, the first of
  /// these that exists.
  case member(String, of: String)
  /// A run's own name.
  case ownName(String)
  /// Trials of an experiment by their numbers.
  case trials([ClosedRange<Int>], of: String)
  /// Experiments by a pattern of their names.
  case pattern(String)
  case tag(String)
  case last
  case best(experiment: String)

  /// Fewer digits of an id than this are not taken for one.
  package static let shortestID = 4

  /// - Throws: ``SelectorError/malformed(_:reason:)``.
  package init(_ text: String) throws(SelectorError) {
    if text.hasPrefix("@") {
      self = try Self.keyword(text)
    } else if let tag = try Self.word(in: text, after: Self.tagPrefix, "a tag, as in tag:baseline")
    {
      self = .tag(tag)
    } else if let name = try Self.word(in: text, after: Self.namePrefix, "a run, as in name:wide") {
      self = .ownName(name)
    } else if TextPattern.isGlob(text) {
      self = .pattern(text)
    } else if let slash = text.lastIndex(of: "/") {
      self = try Self.member(text, slash)
    } else if text.isEmpty {
      throw .malformed(text, reason: "it is empty; name an experiment, a trial or a run")
    } else {
      self = .name(text)
    }
  }

  private static let tagPrefix = "tag:"
  private static let namePrefix = "name:"

  private static func word(
    in text: String, after prefix: String, _ what: String
  ) throws(SelectorError) -> String? {
    guard text.hasPrefix(prefix) else { return nil }
    guard text.count > prefix.count else { throw .malformed(text, reason: "name \(what)") }
    return String(text.dropFirst(prefix.count))
  }

  private static func keyword(_ text: String) throws(SelectorError) -> Selector {
    if text == "@last" { return .last }
    let best = "@best:"
    if text.hasPrefix(best), text.count > best.count {
      return .best(experiment: String(text.dropFirst(best.count)))
    }
    if text == "@best" || text == best {
      throw .malformed(text, reason: "say of which experiment, as in @best:camvid")
    }
    throw .malformed(text, reason: "there is only @last and @best:experiment")
  }

  private static func member(
    _ text: String, _ slash: String.Index
  ) throws(SelectorError) -> Selector {
    let experiment = String(text[..<slash])
    let member = String(text[text.index(after: slash)...])
    guard !experiment.isEmpty, !member.isEmpty else {
      throw .malformed(
        text,
        reason:
          "expected an experiment with trial numbers, a name or at least \(shortestID) digits "
          + "of an id, as in camvid/3, camvid/3-7,9 or camvid/9f8e")
    }
    return ranges(member).map { .trials($0, of: experiment) } ?? .member(member, of: experiment)
  }

  /// `3-7,9`; `nil` for what is no list of several numbers.
  private static func ranges(_ text: String) -> [ClosedRange<Int>]? {
    guard text.contains("-") || text.contains(",") else { return nil }
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      guard let first = ends.first, let last = ends.last, ends.count <= 2, first > 0, last >= first
      else { return nil }
      ranges.append(first...last)
    }
    return ranges
  }
}

extension Selector: CustomStringConvertible {
  /// As one types it.
  package var description: String {
    switch self {
    case .name(let name): name
    case .member(let member, let experiment): "\(experiment)/\(member)"
    case .ownName(let name): "\(Self.namePrefix)\(name)"
    case .trials(let ranges, let experiment):
      "\(experiment)/"
        + ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        .joined(separator: ",")
    case .pattern(let pattern): pattern
    case .tag(let tag): "\(Self.tagPrefix)\(tag)"
    case .last: "@last"
    case .best(let experiment): "@best:\(experiment)"
    }
  }
}
