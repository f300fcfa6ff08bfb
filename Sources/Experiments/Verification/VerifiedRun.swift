import Measurements
import Tracking

/// What `verify` has found of a run, for people and for machines.
struct VerifiedRun: Encodable {
  let run: String
  let id: String
  let status: Status
  let files: Int
  let bytes: Int
  /// Checkpoints that were dropped to make room: their digests are kept.
  let droppedWeights: [String]
  let damage: [Damage]
  let survives: Survivors
  /// What else is to be done for what is lost; `nil` where nothing is.
  let remedy: String?

  enum Status: String, Encodable {
    case sound, damaged
    /// A later version of this program wrote it.
    case newer
  }

  struct Damage: Encodable {
    let file: String
    let reason: String
    /// SHA-256 as it was recorded, and as it is.
    let expected: String?
    let found: String?
    /// What of the file is not what was recorded, as far as that is known.
    let part: String?
  }

  /// What can be used whatever is damaged.
  struct Survivors: Encodable {
    let evaluations: Int
    /// Of a metrics file that other programs can read, though nothing says any more that it is the run's.
    let looseEvaluations: Int?
    let checkpoints: [CheckpointRecord]
    let tests: Int
  }

  init(_ verification: RunVerification, in store: FolderStore) {
    let record = verification.run
    (run, id) = (record.name, record.id)
    (files, bytes) = (verification.files, verification.bytes)
    droppedWeights = record.checkpoints.filter(record.isDropped).map(\.name)
    let folder = store.folder(of: record.id, experiment: record.experiment)
    var damage = verification.findings.map { finding in
      let checkpoint = record.checkpoints.first { $0.file == finding.file }
      let tensors = checkpoint.flatMap {
        DamagedTensors($0, of: record, path: "\(folder)/\($0.file)")
      }
      return Damage(
        file: finding.file, reason: finding.reason, expected: finding.expected,
        found: finding.found, part: tensors?.sentence)
    }
    if damage.isEmpty, let problem = TrialCheck.problem(of: record) {
      damage.append(
        Damage(file: "spec.json", reason: problem, expected: nil, found: nil, part: nil))
    }
    self.damage = damage
    let isNewer = verification.findings.contains(where: \.isNewer)
    status = isNewer ? .newer : damage.isEmpty ? .sound : .damaged
    survives = Survivors(
      evaluations: record.history?.rows.count ?? 0,
      looseEvaluations: verification.looseEvaluations, checkpoints: verification.usable,
      tests: record.tests.count)
    let canRepeat = record.end != nil && record.origin == nil && record.history != nil
    remedy =
      canRepeat && !verification.damagedCheckpoints.isEmpty
      ? "experiments reproduce \(record.name)" : nil
  }

  /// Its name, and under it what is damaged, what survives and what helps.
  func text(style: Style, width: Int?) -> String {
    var list = FactList()
    for damage in damage {
      let digests = damage.expected.map {
        "expected \($0.prefix(16)), found \(damage.found.map { String($0.prefix(16)) } ?? "none")"
      }
      list.add(
        damage.file,
        [damage.reason, digests, damage.part].compactMap(\.self).joined(separator: "\n"))
    }
    list.add("survives", survivors)
    if let remedy { list.add("made again", "once it is set aside, by: \(remedy)") }
    return style.bold(run.printable) + "  " + style.red(status == .newer ? "newer" : "damaged")
      + "\n" + list.text(style: style, width: width)
  }

  private var survivors: String {
    var parts: [String] = []
    if survives.evaluations > 0 { parts.append(Units.count(survives.evaluations, "evaluation")) }
    if let loose = survives.looseEvaluations, loose > 0 {
      parts.append("metrics.h5 for other programs, with \(Units.count(loose, "evaluation"))")
    }
    let weights = survives.checkpoints.byFile.map { "\($0.names) of \($0.checkpoint.evaluation)" }
    if !weights.isEmpty {
      parts.append("the weights \(weights.joined(separator: ", ")): evaluate, predict, export")
    }
    if survives.tests > 0 { parts.append(Units.count(survives.tests, "test")) }
    return parts.isEmpty ? "nothing that could be used" : parts.joined(separator: "; ")
  }
}

extension [CheckpointRecord] {
  /// Each file once, with its names: `best and last`.
  var byFile: [(names: String, checkpoint: CheckpointRecord)] {
    Dictionary(grouping: self, by: \.file).sorted { $0.key < $1.key }.map { _, checkpoints in
      (checkpoints.map(\.name).joined(separator: " and "), checkpoints[0])
    }
  }
}

/// Whether a record is of the trial that its folder is called by.
enum TrialCheck {
  /// `nil` where nothing is wrong, and where the spec is in words that this program has not.
  static func problem(of run: RunRecord) -> String? {
    guard run.origin == nil, run.hasSettings, let trial = try? Trial(run.trial), trial.id != run.id
    else { return nil }
    return "it is the spec of \(trial.id), not of \(run.id)"
  }
}
