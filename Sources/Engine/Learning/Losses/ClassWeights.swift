internal import Groundwork

/// How much a pixel of each class weighs: against a loss that rare classes hardly move.
enum ClassWeights: Sendable, Hashable {
  case none
  case list([Double])
  /// The weights of some classes; the others weigh 1.
  case named([String: Double])
  /// w_c = median(f) / f_c with f_c = n_c / A_c, the share of class c in the images that contain it
  /// (Eigen & Fergus, ICCV 2015; used by SegNet). Classes that do not occur weigh 0 and do not
  /// count for the median; the median of an even number is the mean of the middle two.
  case medianFrequency
  /// w_c = 1 / ln(1.02 + n_c / n), between 1.42 and 50.5 (Paszke et al. 2016, "ENet").
  case enet
  /// w_c = n / (K n_c), which gives every class the same share of the sum; classes that do not occur
  /// weigh as much as the rarest that does.
  case inverse

  static let field = Field.classNumbers(
    "class_weights", default: .name("none"), Bounds(atLeast: 0),
    oneOf: ["none", "median_frequency", "enet", "inverse"],
    "Weight of each class's pixels: a list in the order of the classes, the weights of some by their "
      + "names, of which the others have 1, or a rule that derives them from the training labels.")

  init(_ value: FieldValue) {
    switch value {
    case .numbers(let weights): self = .list(weights)
    case .byName(let weights): self = .named(weights)
    case .name("median_frequency"): self = .medianFrequency
    case .name("enet"): self = .enet
    case .name("inverse"): self = .inverse
    default: self = .none
    }
  }

  /// One weight for each class.
  /// - Throws: ``ComponentError`` where a list or a name does not fit the classes, or a rule has no
  ///   labels to go by.
  func values(for statistics: ClassStatistics, classes: Int) throws(ComponentError) -> [Double] {
    switch self {
    case .none:
      return Array(repeating: 1, count: classes)
    case .list(let weights):
      guard weights.count == classes else {
        throw problem("\(weights.count) weights are listed for \(classes) classes: give one each")
      }
      return try counting(weights)
    case .named(let weights):
      guard statistics.names.count == classes else {
        throw problem("weights by name need the names of the classes")
      }
      if let name = weights.keys.sorted().first(where: { !statistics.names.contains($0) }) {
        throw problem("there is no class '\(name)'")
      }
      return try counting(statistics.names.map { weights[$0] ?? 1 })
    case .medianFrequency:
      try requireLabels(in: statistics)
      return Self.medianFrequency(statistics)
    case .enet:
      try requireLabels(in: statistics)
      let total = Double(statistics.pixels.reduce(0, +))
      return statistics.pixels.map { 1 / PortableMath.logarithm(1.02 + Double($0) / total) }
    case .inverse:
      try requireLabels(in: statistics)
      let total = Double(statistics.pixels.reduce(0, +))
      let rarest = statistics.pixels.filter { $0 > 0 }.min() ?? 1
      return statistics.pixels.map { total / (Double(classes) * Double($0 > 0 ? $0 : rarest)) }
    }
  }

  private func counting(_ weights: [Double]) throws(ComponentError) -> [Double] {
    guard weights.contains(where: { $0 > 0 }) else {
      throw problem("every weight is 0: at least one class must count")
    }
    return weights
  }

  private static func medianFrequency(_ statistics: ClassStatistics) -> [Double] {
    let frequencies = zip(statistics.pixels, statistics.pixelsOfImagesWithClass).map {
      $0 == 0 ? 0 : Double($0) / Double($1)
    }
    let occurring = frequencies.filter { $0 > 0 }.sorted()
    let middle = occurring.count / 2
    let median =
      occurring.count.isMultiple(of: 2)
      ? (occurring[middle - 1] + occurring[middle]) / 2 : occurring[middle]
    return frequencies.map { $0 > 0 ? median / $0 : 0 }
  }

  private func requireLabels(in statistics: ClassStatistics) throws(ComponentError) {
    guard statistics.pixels.contains(where: { $0 > 0 }) else {
      throw problem("the training set has no labelled pixel to derive weights from: list them")
    }
  }

  fileprivate static func byMedianFrequency(_ statistics: ClassStatistics) -> [Double] {
    statistics.pixels.contains { $0 > 0 } ? medianFrequency(statistics) : []
  }

  private func problem(_ message: String) -> ComponentError {
    ComponentError(field: Self.field.declaration.name, message)
  }
}

extension ClassStatistics {
  /// The weight of each class by `class_weights: median_frequency`; empty where nothing is labelled.
  package var medianFrequencyWeights: [Double] { ClassWeights.byMedianFrequency(self) }
}
