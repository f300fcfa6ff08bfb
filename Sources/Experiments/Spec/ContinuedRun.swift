internal import Datasets
internal import Tracking

/// `training.continues`: the run that a training goes on from, where that ended: with its weights, the state
/// of its optimizer, and the batches that would have come next.
struct ContinuedRun: Sendable, Hashable {
  /// As written; once it has been found in the form of ``RunCheckpoint``.
  var run: String
  /// SHA-256 of the checkpoint's file, 64 hexadecimal digits; `nil` before it has been found.
  var sha256: String?
  /// The absolute path of the checkpoint's file; `nil` before it has been found.
  var location: String?

  static let key = "continues"

  var checkpoint: RunCheckpoint? { RunCheckpoint(run) }

  /// What a record keeps.
  var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = ["run": .text(run)]
    entries["sha256"] = sha256.map { .text($0) }
    return .object(entries)
  }
}

extension Form<ContinuedRun> {
  /// A run; an id has the digest of the checkpoint alone.
  static var continuedRun: Form {
    Form(
      "run", .anyOf([.scalar, .object([("run", .scalar), ("sha256", .scalar)])]),
      read: { $0.continuedRun() },
      write: { continued, purpose in
        switch purpose {
        case .record: continued.canonical
        case .identity: continued.sha256.map { .text($0) }
        case .comparison: .text(continued.checkpoint?.shortName ?? continued.run)
        }
      })
  }
}

extension SpecValue {
  /// A run as a person selects one, or what a record keeps of it.
  fileprivate func continuedRun() -> ContinuedRun? {
    guard node.entries != nil else { return text().map { ContinuedRun(run: $0) } }
    guard let keys = mapping() else { return nil }
    let run = keys.required("run")?.text()
    let digest = keys.required("sha256")?.text()
    keys.finish()
    guard let run, let digest else { return nil }
    return ContinuedRun(run: run, sha256: digest)
  }
}

extension WeightsLookup {
  /// The run that is meant, with its last checkpoint.
  ///
  /// - Parameter text: a run as a person selects one.
  func continued(_ text: String) throws(WeightsNotFound) -> ContinuedRun {
    let isWhole = RunCheckpoint(text) != nil
    let found = try find(isWhole ? text : "\(text)@last", in: "/")
    guard let run = found.run else { throw WeightsNotFound("'\(text)' is no run") }
    return ContinuedRun(
      run: "\(run.checkpoint)", sha256: found.sha256, location: found.file.path)
  }
}
