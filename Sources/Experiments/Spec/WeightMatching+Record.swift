internal import Networks
import Tracking

/// As reports and records say it.
extension WeightMatching {
  var recordEntries: [WeightsRecord.Entry] {
    entries.map { entry in
      let offered = entry.outcome.offered.map { self.offered[$0] }
      return WeightsRecord.Entry(
        name: entry.name, shape: entry.shape, outcome: entry.outcome.recorded, from: offered?.name,
        fromShape: offered?.shape)
    }
  }

  var namesLeftOut: [String] {
    leftOut.filter { $0.role != Self.batchCounter }.map(\.name)
  }

  /// What PyTorch's batch norm counts, which no network of ours needs.
  private static let batchCounter = "num_batches_tracked"
}

extension WeightMatching.Outcome {
  fileprivate var recorded: WeightsRecord.Outcome {
    switch self {
    case .taken(_, .none): .taken
    case .taken(_, .reshaped), .taken(_, .reshapedFromChannelsLast): .reshaped
    case .taken(_, .averagedInputs): .averagedInputs
    case .taken(_, .reversedInputs): .reversedInputs
    case .fresh: .fresh
    case .missing: .missing
    case .unfitting: .unfitting
    }
  }

  /// The index of the offered tensor.
  fileprivate var offered: Int? {
    switch self {
    case .taken(let index, _), .unfitting(let index): index
    case .fresh, .missing: nil
    }
  }
}
