internal import Datasets
internal import Execution
import Tracking
internal import Training

/// What two attempts ran with, compared: the causes that a difference between them can have.
struct EnvironmentDifference: Sendable, Equatable {
  struct Change: Sendable, Equatable {
    /// "threads", "build", "OMP_PROC_BIND".
    let what: String
    let recorded: String
    let present: String
    var kind = Kind.possible
    var isOfTheData = false
  }

  /// What a change does to a training's bits.
  enum Kind: Sendable {
    /// The bits differ.
    case certain
    /// The bits may differ.
    case possible
    /// The bits are the same as far as is known.
    case harmless
  }

  /// The changes that can change bits, the likeliest first.
  let changes: [Change]
  private let determinism: Computation.Determinism

  /// - Parameter determinism: what the spec asks for.
  init(
    recorded: ProvenanceRecord, present: ProvenanceRecord,
    determinism: Computation.Determinism = .machine
  ) {
    self.determinism = determinism
    var changes: [Change] = []
    func compare(
      _ what: String, _ before: String, _ after: String, _ kind: Kind = .possible,
      isOfTheData: Bool = false
    ) {
      guard before != after else { return }
      changes.append(
        Change(
          what: what, recorded: before, present: after, kind: kind, isOfTheData: isOfTheData))
    }
    for before in recorded.data {
      let after = present.data.first { $0.name == before.name }
      compare(
        before.name + " data", before.words, after?.words ?? "none", .certain, isOfTheData: true)
    }
    if determinism != .portable {
      compare("threads", "\(recorded.threads)", "\(present.threads)", .certain)
    }
    compare(
      "instruction set", recorded.machine.instructionSet, present.machine.instructionSet, .certain)
    compare("build", recorded.build.words, present.build.words)
    for name in Set(recorded.libraryNames + present.libraryNames).sorted() {
      compare(
        name, recorded.version(of: name), present.version(of: name),
        name == "HDF5" ? .harmless : .certain)
    }
    let algorithms = recorded.algorithms ?? [:]
    for convolution in algorithms.keys.sorted() {
      compare(
        convolution, algorithms[convolution] ?? "", present.algorithms?[convolution] ?? "none")
    }
    compare("processor", recorded.machine.processor, present.machine.processor)
    compare("libc", recorded.machine.libc, present.machine.libc)
    for name in Set(recorded.environment.keys).union(present.environment.keys).sorted() {
      compare(
        name, recorded.environment[name] ?? "unset", present.environment[name] ?? "unset",
        WorkerEnvironment.decidingNames.contains(name) ? .certain : .harmless)
    }
    self.changes = changes
  }

  /// The expectation, and below it every change.
  func text(of run: String) -> String {
    (["\(run): \(expectation)"] + changes.map { "  \($0)" }).joined(separator: "\n")
  }

  /// True where a list of the data is not what it was.
  var dataChanged: Bool { changes.contains(where: \.isOfTheData) }

  /// What to expect of a training in this environment.
  var expectation: String {
    guard determinism != .fast else {
      return "the spec asks for determinism: fast, which promises nothing: the bytes may differ"
    }
    guard let first = changes.first else {
      let threads = determinism == .portable ? "" : ", threads"
      return "same build, instruction set\(threads) and data: the same bytes are expected"
    }
    let others = changes.count > 1 ? " (and \(changes.count - 1) more)" : ""
    return "\(first.what)\(others) differs from the record: the bytes may differ"
  }
}

extension EnvironmentDifference.Change: CustomStringConvertible {
  var description: String { "\(what): \(recorded) → \(present)" }
}

extension ProvenanceRecord {
  fileprivate var libraryNames: [String] { libraries.map(\.name) }

  fileprivate func version(of name: String) -> String {
    libraries.first { $0.name == name }?.version ?? "none"
  }
}

extension ProvenanceRecord.Build {
  fileprivate var words: String {
    "\(version) (\(configuration), \(compiler), \(executable.prefix(12)))"
  }
}

extension DataFingerprint {
  var words: String { "\(samples) images, \(sha256.prefix(12))" }
}
