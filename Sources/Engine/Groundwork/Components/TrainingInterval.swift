/// A part of a training, as a spec writes it.
package enum TrainingInterval: Sendable, Hashable {
  case epochs(Int)
  case iterations(Int)

  package func steps(perEpoch stepsPerEpoch: Int) -> Int {
    switch self {
    case .iterations(let count): count
    case .epochs(let count): count * stepsPerEpoch
    }
  }

  /// As a spec writes it.
  package var text: String {
    switch self {
    case .epochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
    case .iterations(let count): count == 1 ? "1 iteration" : "\(count) iterations"
    }
  }
}
