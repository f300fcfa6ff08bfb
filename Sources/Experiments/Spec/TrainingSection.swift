internal import Datasets
internal import Execution
internal import Groundwork
internal import Tracking
internal import Training

/// `training`: how long, in what batches, and how it is computed.
struct TrainingSection: Sendable, Hashable {
  var duration: TrainingInterval
  var batchSize: Int
  var computation = Computation()
  /// What may end it before its duration has passed.
  var earlyStopping: EarlyStopping?
  /// The batch norms that keep their running statistics.
  var frozenNorms: [NamePattern] = []
  /// The run that the training goes on from; `nil` where it begins.
  var continues: ContinuedRun?

  static let frozenNormsKey = "frozen_batch_norm"
  static let maximumDuration = 100_000_000
  static let maximumBatchSize = 4096

  /// - Parameter objective: what runs are judged by.
  static func read(_ value: SpecValue, objective: Objective) -> TrainingSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      keys.requireAtMostOne(of: ["epochs", "iterations"])
      let epochs = keys["epochs"]?.integer(in: 1...maximumDuration)
      let iterations = keys["iterations"]?.integer(in: 1...maximumDuration)
      if !keys.has("epochs"), !keys.has("iterations") {
        keys.decoder.report(
          "missing key 'epochs' or 'iterations' in training", at: keys.place)
      }
      let batchSize = keys["batch_size"].map { $0.integer(in: 1...maximumBatchSize) } ?? 4
      let computation = computation(keys)
      let earlyStopping = keys["early_stopping"].flatMap {
        EarlyStopping.read($0, objective: objective)
      }
      let frozenNorms = keys[frozenNormsKey].map(Self.frozenNorms) ?? []
      let continues = keys[ContinuedRun.key]?.continuedRun()
      keys.finish()
      guard
        let duration = epochs.map({ TrainingInterval.epochs($0) })
          ?? iterations.map({ .iterations($0) }),
        let batchSize, let computation
      else { return nil }
      return TrainingSection(
        duration: duration, batchSize: batchSize, computation: computation,
        earlyStopping: earlyStopping, frozenNorms: frozenNorms, continues: continues)
    }
  }

  /// `true` stands for all of them.
  private static func frozenNorms(_ value: SpecValue) -> [NamePattern] {
    guard value.node.elements == nil else {
      return (value.elements() ?? []).compactMap { $0.text() }.map(NamePattern.init)
    }
    return value.boolean() == true ? [NamePattern("*")] : []
  }

  /// How it is computed; what a device cannot do is reported where it is written.
  private static func computation(_ keys: SpecMapping) -> Computation? {
    let device = device(keys)
    let precision = keys.choice("precision", kind: "precision", default: Precision.f32)
    let determinism = keys.choice(
      "determinism", kind: "determinism", default: Computation.Determinism.machine)
    let emulates = keys["emulate"].map { $0.boolean() } ?? false
    let recomputes = keys["recompute"].map { $0.boolean() } ?? false
    guard let device, let precision, let determinism, let emulates, let recomputes else {
      return nil
    }
    if let reason = device.unavailability {
      keys["device"]?.report("is \(device.name), which cannot compute here: \(reason)")
    }
    if let problem = device.problem(with: precision) {
      keys["precision"]?.report(
        "is \(precision.rawValue), but the device \(device.name) \(problem)",
        remedy: "leave precision or device out")
    }
    if let problem = device.problem(with: determinism) {
      keys["determinism"]?.report(
        "is \(determinism.rawValue), but the device \(device.name) \(problem)",
        remedy: "leave determinism or device out")
    }
    if emulates, precision == .f32 {
      keys["emulate"]?.report(
        "is for precision: bf16", remedy: "leave it out: every processor has f32")
    }
    return Computation(
      device: device, precision: precision, emulatesPrecision: emulates, recomputes: recomputes,
      determinism: determinism)
  }

  /// One of the devices of the program by its name; `nil` where another word is written.
  private static func device(_ keys: SpecMapping) -> DeviceKind? {
    guard let value = keys["device"] else { return Computation().device }
    return value.name(of: Devices.all.map(\.name), kind: "device").flatMap(Devices.named)
  }

  /// What decides results. Keys that came to the language later are there only where they say
  /// something else than was done before, so that ids stay what they are.
  var canonical: CanonicalJSON {
    var entries = first
    if computation.precision != .f32 {
      entries["precision"] = .text(computation.precision.rawValue)
    }
    if computation.determinism != .machine {
      entries["determinism"] = .text(computation.determinism.rawValue)
    }
    entries[ContinuedRun.key] = continues?.sha256.map { .text($0) }
    return .object(entries)
  }

  /// Every key, those too that only decide how much time and memory it takes.
  var resolved: CanonicalJSON {
    var entries = first.merging([
      "precision": .text(computation.precision.rawValue),
      "determinism": .text(computation.determinism.rawValue),
      "emulate": .boolean(computation.emulatesPrecision),
      "recompute": .boolean(computation.recomputes),
    ]) { $1 }
    entries[ContinuedRun.key] = continues?.canonical
    return .object(entries)
  }

  /// The keys that have always been there, what ends the training early and what it leaves frozen,
  /// where something does.
  private var first: [String: CanonicalJSON] {
    var entries: [String: CanonicalJSON] = [
      "batch_size": .integer(batchSize), "device": .text(computation.device.name),
    ]
    switch duration {
    case .epochs(let epochs): entries["epochs"] = .integer(epochs)
    case .iterations(let iterations): entries["iterations"] = .integer(iterations)
    }
    entries["early_stopping"] = earlyStopping?.canonical
    if !frozenNorms.isEmpty {
      entries[Self.frozenNormsKey] = .list(frozenNorms.map { .text($0.text) })
    }
    return entries
  }
}

extension SpecMapping {
  /// One of an enumeration's values by its name; `nil` where another word is written.
  fileprivate func choice<Choice>(
    _ key: String, kind: String, default standard: Choice
  ) -> Choice? where Choice: CaseIterable & RawRepresentable<String> {
    guard let value = self[key] else { return standard }
    return value.name(of: Choice.allCases.map(\.rawValue), kind: kind).flatMap(Choice.init)
  }
}
