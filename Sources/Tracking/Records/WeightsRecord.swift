/// What a run began with in place of random numbers: the weights, and what became of each tensor of its
/// network.
package struct WeightsRecord: Sendable, Codable, Hashable {
  /// The name of the file, or the checkpoint of a run: `vgg16.caffemodel`, `camvid/9f8e7d6c@best`.
  package var name: String
  /// As people call it, e.g. `PyTorch checkpoint`.
  package var format: String
  /// SHA-256 of the file's bytes, 64 hexadecimal digits.
  package var sha256: String
  /// Parameters and running statistics, in the network's order.
  package var entries: [Entry]
  /// Names of the file's tensors that nothing took.
  package var leftOut: [String]

  package struct Entry: Sendable, Codable, Hashable {
    package var name: String
    package var shape: [Int]
    package var outcome: Outcome
    /// The file's tensor, where there is one.
    package var from: String?
    package var fromShape: [Int]?

    package init(
      name: String, shape: [Int], outcome: Outcome, from: String? = nil, fromShape: [Int]? = nil
    ) {
      self.name = name
      self.shape = shape
      self.outcome = outcome
      self.from = from
      self.fromShape = fromShape
    }
  }

  /// What became of a tensor; the words are those of reports.
  package enum Outcome: String, Sendable, Codable {
    case taken
    case reshaped
    case averagedInputs = "averaged over inputs"
    case reversedInputs = "inputs reversed"
    /// Depends on the number of classes.
    case fresh = "begins anew"
    /// Nothing is offered for it.
    case missing
    /// What is offered has another shape.
    case unfitting = "does not fit"

    /// True where the first values are the file's.
    package var isTaken: Bool {
      switch self {
      case .taken, .reshaped, .averagedInputs, .reversedInputs: true
      case .fresh, .missing, .unfitting: false
      }
    }
  }

  package init(
    name: String, format: String, sha256: String, entries: [Entry], leftOut: [String]
  ) {
    self.name = name
    self.format = format
    self.sha256 = sha256
    self.entries = entries
    self.leftOut = leftOut
  }

  package var takenCount: Int { entries.count { $0.outcome.isTaken } }
}

extension RunRecord {
  /// What the run began with, as its first attempt that trained from the beginning says it; `nil` where
  /// that was drawn.
  package var weights: WeightsRecord? { attempts.lazy.compactMap(\.weights).first }
}
