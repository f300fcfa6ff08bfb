internal import Engine

/// `training`: how long, in what batches, on which backend.
struct TrainingSection: Sendable, Hashable {
  var duration: TrainingConfiguration.Duration
  var batchSize: Int
  var backend: TrainingConfiguration.BackendChoice

  static let maximumDuration = 100_000_000
  static let maximumBatchSize = 4096

  static func read(_ value: SpecValue) -> TrainingSection? {
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
      let backends = TrainingConfiguration.BackendChoice.allCases.map(\.rawValue)
      let backend = keys["backend"].map { $0.name(of: backends, kind: "backend") } ?? "onednn"
      keys.finish()
      guard
        let duration = epochs.map({ TrainingConfiguration.Duration.epochs($0) })
          ?? iterations.map({ .iterations($0) }),
        let batchSize, let backend = backend.flatMap(TrainingConfiguration.BackendChoice.init)
      else { return nil }
      return TrainingSection(duration: duration, batchSize: batchSize, backend: backend)
    }
  }

  var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [
      "batch_size": .integer(batchSize), "backend": .text(backend.rawValue),
    ]
    switch duration {
    case .epochs(let epochs): entries["epochs"] = .integer(epochs)
    case .iterations(let iterations): entries["iterations"] = .integer(iterations)
    }
    return .object(entries)
  }
}
