package import Groundwork

/// Which of the tensors that are offered a network begins with, decided by names and shapes before
/// anything runs.
package struct WeightMatching: Sendable {
  /// What becomes of one of the network's parameters or statistics.
  package struct Entry: Sendable {
    package var name: String
    package var shape: [Int]
    package var outcome: Outcome
  }

  package enum Outcome: Sendable, Hashable {
    /// Taken from an offered tensor, by its index.
    case taken(Int, WeightAdaptation)
    /// Depends on the number of classes, and begins anew.
    case fresh
    /// Nothing is offered for it, and it begins anew.
    case missing
    /// What is offered, by its index, has another shape.
    case unfitting(Int)
  }

  /// How a spec wants a network to begin.
  package struct Rules: Sendable, Hashable {
    /// True where what depends on the number of classes begins anew, whatever is offered.
    package var finetunes: Bool
    /// True where images have their channels in the other order than those that the weights come from.
    package var reversesInputs: Bool
    /// Layers of the network, and what the file calls them.
    package var layerNames: [String: String]

    package init(
      finetunes: Bool = false, reversesInputs: Bool = false, layerNames: [String: String] = [:]
    ) {
      self.finetunes = finetunes
      self.reversesInputs = reversesInputs
      self.layerNames = layerNames
    }
  }

  /// Parameters, then statistics, in the network's order.
  package let entries: [Entry]
  package let offered: [OfferedTensor]

  /// - Parameters:
  ///   - classDependent: names of the parameters that would have another shape for another number of
  ///     classes.
  package init(
    _ network: Network, from offered: [OfferedTensor], classDependent: Set<String> = [],
    rules: Rules = Rules()
  ) {
    self.offered = offered
    let places = Dictionary(
      offered.enumerated().map { (Place(layer: $1.layer, role: $1.role), $0) },
      uniquingKeysWith: { first, _ in first })
    let tensors =
      network.parameters.map { ($0.name, $0.shape) }
      + network.statistics.map { ($0.name, $0.shape) }
    let first = network.parameters.first { $0.shape.count > 2 }?.name
    entries = tensors.map { name, shape in
      let (layer, role) = Self.parts(of: name)
      let index = Self.candidates(for: layer, in: network, rules).lazy.compactMap {
        places[Place(layer: $0, role: role)]
      }.first
      var outcome = Outcome.missing
      if rules.finetunes, classDependent.contains(name) {
        outcome = .fresh
      } else if let index {
        let adaptation = Self.adaptation(
          of: offered[index], to: shape, isFirst: name == first,
          reversesInputs: rules.reversesInputs)
        outcome = adaptation.map { .taken(index, $0) } ?? .unfitting(index)
      }
      return Entry(name: name, shape: shape, outcome: outcome)
    }
  }

  private struct Place: Hashable {
    var layer: String
    var role: String
  }

  /// `encoder.conv1_1` and `weight` of `encoder.conv1_1.weight`.
  private static func parts(of name: String) -> (layer: String, role: String) {
    guard let point = name.lastIndex(of: ".") else { return ("", name) }
    return (String(name[..<point]), String(name[name.index(after: point)...]))
  }

  /// What a file may call a layer, the likeliest first.
  private static func candidates(
    for layer: String, in network: Network, _ rules: Rules
  ) -> [String] {
    if let given = rules.layerNames[layer] { return [given] }
    let scope = Encoders.scope + "."
    guard layer.hasPrefix(scope) else { return [layer] }
    let own = String(layer.dropFirst(scope.count))
    let encoder = network.encoder.flatMap(Encoders.named)
    return [layer, own, "backbone.body.\(own)"] + (encoder?.otherNames(of: own) ?? [])
  }

  private static func adaptation(
    of offered: OfferedTensor, to shape: [Int], isFirst: Bool, reversesInputs: Bool
  ) -> WeightAdaptation? {
    if offered.shape == shape {
      return isFirst && reversesInputs ? .reversedInputs : WeightAdaptation.none
    }
    let isDense = offered.shape.count == 2 && shape.count > 2
    if isDense, offered.shape[0] == shape[0], offered.shape[1] == shape.dropFirst().reduce(1, *) {
      return offered.isChannelsLast ? .reshapedFromChannelsLast : .reshaped
    }
    // Maps of regions are convolved with kernels whose depth is 1.
    let flat = shape.prefix(2) + shape.dropFirst(3)
    if shape.count == 5, shape[2] == 1, offered.shape == Array(flat) { return .reshaped }
    let isForOtherImages =
      isFirst && offered.shape.count == shape.count && shape.count > 2
      && offered.shape[0] == shape[0] && offered.shape.dropFirst(2) == shape.dropFirst(2)
    return isForOtherImages ? .averagedInputs : nil
  }
}

extension WeightMatching {
  /// The offered tensors that nothing takes, in their order.
  package var leftOut: [OfferedTensor] {
    let taken = Set(
      entries.compactMap { entry -> Int? in
        if case .taken(let index, _) = entry.outcome { return index }
        return nil
      })
    return offered.indices.filter { !taken.contains($0) }.map { offered[$0] }
  }

  package var takenCount: Int {
    entries.count { entry in
      if case .taken = entry.outcome { return true }
      return false
    }
  }
}

extension Template {
  /// Names of the parameters whose shape depends on the number of classes.
  package func classDependentParameters(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Set<String> {
    let network = try network(input: input, classes: classes)
    let other = try self.network(input: input, classes: classes + 1)
    return Set(
      zip(network.parameters, other.parameters).filter { $0.shape != $1.shape }.map { $0.0.name })
  }
}
