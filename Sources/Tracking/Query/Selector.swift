/// Which runs a command is about, in the words that a person types.
///
/// | written | means |
/// |---|---|
/// | `camvid-losses` | every run of that experiment |
/// | `camvid-losses/3` | its trial number 3, as the spec numbered it when it was run last |
/// | `camvid-losses/9f8e` | its run whose id begins so; at least 4 hexadecimal digits |
/// | `9f8e` | the run whose id begins so, of whatever experiment |
/// | `@last` | the run whose latest attempt began last |
/// | `@best:camvid-losses` | its best run, by the experiment's objective |
package enum Selector: Sendable, Hashable {
  /// A bare word: an experiment or the beginning of an id. Where both exist it is the experiment.
  case name(String)
  /// An experiment with the number of a trial or the beginning of an id. Where both exist it is the
  /// number.
  case member(String, of: String)
  case last
  case best(experiment: String)

  /// Fewer digits of an id than this are not taken for one.
  package static let shortestID = 4

  /// - Throws: ``SelectorError/malformed(_:reason:)``.
  package init(_ text: String) throws(SelectorError) {
    if text.hasPrefix("@") {
      self = try Self.keyword(text)
    } else if let slash = text.lastIndex(of: "/") {
      self = try Self.member(text, slash)
    } else if text.isEmpty {
      throw .malformed(text, reason: "it is empty; name an experiment, a trial or a run")
    } else {
      self = .name(text)
    }
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
    let member = text[text.index(after: slash)...].lowercased()
    let isNumber = (Int(member) ?? 0) > 0
    let isID = member.count >= shortestID && member.allSatisfy { $0.isASCII && $0.isHexDigit }
    guard isNumber || isID, !experiment.isEmpty else {
      throw .malformed(
        text,
        reason: "expected an experiment with a trial number or at least \(shortestID) digits of an "
          + "id, as in camvid/3 or camvid/9f8e")
    }
    return .member(member, of: experiment)
  }
}

extension Selector: CustomStringConvertible {
  /// As one types it.
  package var description: String {
    switch self {
    case .name(let name): name
    case .member(let member, let experiment): "\(experiment)/\(member)"
    case .last: "@last"
    case .best(let experiment): "@best:\(experiment)"
    }
  }
}
