internal import Foundation

/// What a record could not be read or written for: where, what happened, and what helps.
package enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The operating system refused.
  ///
  /// - Parameters:
  ///   - action: what was attempted, e.g. `write`.
  ///   - code: its `errno`.
  case system(path: String, action: String, code: Int32)
  /// Another process works on the run.
  case busy(path: String, holder: String)
  /// The file is not what was written.
  case damaged(path: String, reason: String)
  /// A later version of this program wrote the file.
  ///
  /// - Parameters:
  ///   - version: of the file's layout.
  ///   - program: the version of that program, as far as the file says it.
  case newer(path: String, version: Int, program: String?)
  /// The labels of a run are not what was written; the run itself may be sound.
  case damagedLabels(path: String, reason: String)
  /// There is no such record.
  case missing(path: String, what: String)
  /// Another trial is recorded under this id.
  case otherContent(path: String, difference: String)
  /// The run has ended; its record does not change any more.
  case ended(path: String)
  /// The folder is not the one any more that the writer has locked.
  case taken(path: String)
  /// The weights were dropped to make room; their digest is kept.
  ///
  /// - Parameters:
  ///   - checkpoint: `best` or `last`.
  ///   - run: as commands name it.
  case dropped(path: String, checkpoint: String, run: String)
  /// The contents cannot be kept as they are, e.g. two series of one name.
  case unusable(path: String, reason: String)

  /// The file or folder that it is about.
  package var path: String {
    switch self {
    case .system(let path, _, _), .busy(let path, _), .damaged(let path, _), .newer(let path, _, _),
      .damagedLabels(let path, _),
      .missing(let path, _),
      .otherContent(let path, _), .ended(let path), .taken(let path), .dropped(let path, _, _),
      .unusable(let path, _):
      path
    }
  }

  /// True where another process works on the run: the only error that is nobody's fault.
  package var isBusy: Bool { if case .busy = self { true } else { false } }

  /// True where a later version of this program wrote the file.
  package var isNewer: Bool { if case .newer = self { true } else { false } }

  /// True where the operating system refused, which says nothing of the training itself.
  package var isOfTheSystem: Bool { if case .system = self { true } else { false } }

  package var description: String { "\(path): \(problem); \(remedy)" }

  package var problem: String {
    switch self {
    case .system(_, let action, let code): "cannot \(action): \(String(cString: strerror(code)))"
    case .busy(_, let holder): "the run is being worked on by \(holder)"
    case .damaged(_, let reason): "damaged: \(reason)"
    case .newer(_, let version, let program):
      "it has version \(version), which "
        + (program.map { "experiments \($0)" } ?? "a later version of this program")
        + " wrote; this is experiments \(RecordingProgram.version), which reads version "
        + "\(RecordJSON.version)"
    case .damagedLabels(_, let reason): "the labels are damaged: \(reason)"
    case .missing(_, let what): "there is no \(what)"
    case .otherContent(_, let difference):
      "another trial is recorded here: \(difference) differs"
    case .ended: "the run has ended and its record is frozen"
    case .taken: "the record was moved, removed or replaced while it was worked on"
    case .dropped(_, let checkpoint, let run): "the weights of \(run), \(checkpoint), are not kept"
    case .unusable(_, let reason): "cannot be recorded: \(reason)"
    }
  }

  /// The problem, where it is plain that something is damaged.
  package var reason: String {
    switch self {
    case .damaged(_, let reason), .damagedLabels(_, let reason): reason
    default: problem
    }
  }

  package var remedy: String {
    switch self {
    case .system(_, _, ENOSPC), .system(_, _, EDQUOT):
      "make room and run again: the run goes on from its last checkpoint"
    case .system(_, _, EACCES), .system(_, _, EPERM), .system(_, _, EROFS):
      "allow writing and reading there, or choose another results folder"
    case .system(_, _, ENOLCK), .system(_, _, ENOSYS), .system(_, _, EOPNOTSUPP):
      "this file system cannot lock files: mount it with locks, or choose another results folder"
    case .system: "check the disk and the folder, then run again"
    case .busy: "wait for it to end, or stop it"
    case .damaged:
      "experiments verify says what survives and what helps; or restore the file from a copy"
    case .newer(_, _, let program):
      "use experiments \(program ?? "of a later version") for this record"
    case .damagedLabels: "restore the file from a copy, or remove it to label the run anew"
    case .missing: "check the name and the results folder"
    case .otherContent: "give the experiment another name, or move the run's folder away"
    case .ended: "move the run's folder away to train it again"
    case .taken: "put the folder back to go on, or run again to train from the beginning"
    case .dropped(_, _, let run): "experiments reproduce \(run) puts them back"
    case .unusable: "name it differently"
    }
  }
}

extension StoreError {
  /// With the `errno` that an error of Foundation was made of.
  static func system(path: String, action: String, underlying error: any Error) -> StoreError {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey]
    let code = cause.flatMap { $0 as? any Error }.map { ($0 as NSError).code }
    return .system(path: path, action: action, code: Int32(code ?? Int(EIO)))
  }
}
