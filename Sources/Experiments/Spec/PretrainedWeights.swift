internal import Execution
internal import Foundation
internal import Networks
internal import Tracking
internal import Training
internal import WeightFiles

/// A file of trained weights, held against a network.
struct PretrainedWeights: WeightSource {
  /// Absolute.
  let path: String
  /// What tables call the weights; the file's name where they have none of their own.
  var name: String?
  /// SHA-256 of the file as the spec knows it; `nil` where any content will do.
  var expectedDigest: String?
  var rules = WeightMatching.Rules()

  func initialWeights(
    for network: Network, of template: any Template
  ) throws -> InitialWeights {
    let file = try open()
    let matching = try matching(of: file, for: network, of: template)
    guard matching.takenCount > 0 else {
      throw TrainingError.weights(
        "nothing in \(path) fits \(network.name): it has "
          + Self.list(file.tensors.map(\.layer)) + ", the network "
          + Self.list(network.nodes.filter { !$0.parameters.isEmpty }.map(\.name))
          + "; `experiments weights` shows both, and weights.map says which layers are the same")
    }
    var values: [String: InitialWeights.Values] = [:]
    for entry in matching.entries {
      guard case .taken(let index, let adaptation) = entry.outcome else { continue }
      let tensor = file.tensors[index]
      values[entry.name] = {
        adaptation.apply(try file.values(of: tensor), from: tensor.shape, to: entry.shape)
      }
    }
    return InitialWeights(values)
  }

  /// What the record of a run says of them.
  func record(for network: Network, of template: any Template) throws -> WeightsRecord {
    let file = try open()
    let matching = try matching(of: file, for: network, of: template)
    return WeightsRecord(
      name: name ?? path.split(separator: "/").last.map(String.init) ?? path,
      format: file.format.name, sha256: expectedDigest ?? file.digest,
      entries: matching.recordEntries, leftOut: matching.namesLeftOut)
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// - Throws: ``TrainingError`` where the file cannot be read, or is not the one that the spec was
  ///   checked with.
  func open() throws(TrainingError) -> WeightFile {
    let file: WeightFile
    do throws(WeightFileError) { file = try WeightFile.open(path) } catch {
      throw .weights("\(error)")
    }
    if let expectedDigest, file.digest != expectedDigest {
      throw .weights(
        "\(path) is not the file that this trial begins with: its SHA-256 is \(file.digest), not "
          + "\(expectedDigest); put the file back, or run the spec again")
    }
    return file
  }

  func matching(
    of file: WeightFile, for network: Network, of template: any Template
  ) throws -> WeightMatching {
    let fresh =
      rules.finetunes
      ? try template.classDependentParameters(input: network.input, classes: network.classes) : []
    return WeightMatching(
      network, from: file.tensors.map { OfferedTensor($0, isChannelsLast: file.format.isKeras) },
      classDependent: fresh, rules: rules)
  }
}

extension OfferedTensor {
  fileprivate init(_ tensor: StoredTensor, isChannelsLast: Bool) {
    self.init(
      name: tensor.name, layer: tensor.layer, role: tensor.role.text, shape: tensor.shape,
      isChannelsLast: isChannelsLast)
  }
}

extension StoredTensor.Role {
  /// As the parameters and statistics of a network end.
  var text: String {
    switch self {
    case .weight: "weight"
    case .bias: "bias"
    case .scale: "scale"
    case .shift: "shift"
    case .mean: "mean"
    case .variance: "variance"
    case .slope: "slope"
    case .other(let name): name
    }
  }
}

extension WeightFormat {
  fileprivate var isKeras: Bool {
    if case .keras = self { true } else { false }
  }
}
