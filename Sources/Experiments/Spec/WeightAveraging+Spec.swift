internal import Datasets
internal import Groundwork
internal import Learning

/// `ema` and `swa` of the solver: averages that are evaluated in place of the trained weights.
extension WeightAveraging {
  private static let (ema, swa) = ("ema", "swa")
  private static let ramp = "ramp"
  private static let update = "update_statistics"

  /// - Returns: `nil` where neither is written, or what is written is wrong.
  static func read(_ keys: SpecMapping) -> WeightAveraging? {
    keys.requireAtMostOne(of: [ema, swa])
    let exponential = keys[ema].flatMap(readExponential)
    let stochastic = keys[swa].flatMap(readStochastic)
    return exponential ?? stochastic
  }

  /// The decay alone, or `{decay: 0.999, ramp: true}`.
  private static func readExponential(_ value: SpecValue) -> WeightAveraging? {
    let bounds = Bounds(0..<1)
    guard value.node.entries != nil else {
      return value.number(in: bounds).map { .exponential(decay: $0, ramps: false) }
    }
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let decay = keys.required("decay")?.number(in: bounds)
      let ramps = keys[ramp].map { $0.boolean() } ?? false
      keys.finish()
      guard let decay, let ramps else { return nil }
      return .exponential(decay: decay, ramps: ramps)
    }
  }

  /// `{from: 40 epochs, every: 1 epoch, update_statistics: true}`.
  private static func readStochastic(_ value: SpecValue) -> WeightAveraging? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let from = keys.required("from")?.iterationsOrEpochs()
      let every = keys["every"].map { $0.iterationsOrEpochs() } ?? .epochs(1)
      let updates = keys[update].map { $0.boolean() } ?? false
      keys.finish()
      guard let from, let every, let updates else { return nil }
      return .stochastic(from: from, every: every, updatesStatistics: updates)
    }
  }

  /// The key with its value.
  var canonical: [String: CanonicalJSON] {
    switch self {
    case .exponential(let decay, ramps: false): [Self.ema: .number(decay)]
    case .exponential(let decay, ramps: true):
      [Self.ema: .object(["decay": .number(decay), Self.ramp: .boolean(true)])]
    case .stochastic(let from, let every, let updates):
      [
        Self.swa: .object(
          ["from": CanonicalJSON(from), "every": CanonicalJSON(every)]
            .merging(updates ? [Self.update: .boolean(true)] : [:]) { $1 })
      ]
    }
  }
}
