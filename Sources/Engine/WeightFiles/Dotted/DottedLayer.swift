/// The parameters of one layer, which together say what each of them is.
struct DottedLayer {
  /// The number of axes of each parameter.
  private let ranks: [String: Int]

  init(_ parameters: [(name: String, rank: Int)]) {
    ranks = Dictionary(parameters.map { ($0.name, $0.rank) }) { first, _ in first }
  }

  func role(of parameter: String) -> StoredTensor.Role {
    switch parameter {
    case "weight":
      guard !isNormalizedByStatistics else { return .scale }
      guard ranks["weight"] == 1 else { return .weight }
      // Layer and group normalizations have both, a PReLU has slopes alone.
      return ranks["bias"] == nil ? .slope : .scale
    case "bias":
      return isNormalizedByStatistics || ranks["weight"] == 1 ? .shift : .bias
    case "running_mean" where isNormalizedByStatistics: return .mean
    case "running_var" where isNormalizedByStatistics: return .variance
    default: return .other(parameter)
    }
  }

  private var isNormalizedByStatistics: Bool { ranks["running_mean"] != nil }
}
