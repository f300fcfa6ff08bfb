/// A checkpoint of a recorded run, as the records keep it in place of what was typed: numbers of trials
/// and `@last` mean another run some day, an id never does.
struct RunCheckpoint: Sendable, Hashable {
  let experiment: String
  /// All 16 digits.
  let id: String
  /// `best` or `last`.
  let checkpoint: String

  init(experiment: String, id: String, checkpoint: String) {
    (self.experiment, self.id, self.checkpoint) = (experiment, id, checkpoint)
  }

  /// `nil` where the text has another form than ``description``.
  init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let slash = parts[0].lastIndex(of: "/") else { return nil }
    let id = parts[0][parts[0].index(after: slash)...]
    let isID = id.count == Self.idLength && id.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    guard isID, ["best", "last"].contains(parts[1]), slash > parts[0].startIndex else { return nil }
    self.init(
      experiment: String(parts[0][..<slash]), id: String(id), checkpoint: String(parts[1]))
  }

  private static let idLength = 16

  /// As tables show it; it still selects the run.
  var shortName: String { "\(experiment)/\(id.prefix(8))@\(checkpoint)" }
}

extension RunCheckpoint: CustomStringConvertible {
  /// `camvid/0123456789abcdef@best`
  var description: String { "\(experiment)/\(id)@\(checkpoint)" }
}
