@testable import Groundwork
@testable import Networks
import Testing

/// A template, made as a spec that names it would have it made.
func makeTemplate(_ name: String, _ written: [String: FieldValue] = [:]) throws -> any Template {
  try #require(try Registry.templates.makeDefault(name, written) as? any Template)
}

/// Its network.
func templateNetwork(
  _ name: String, _ written: [String: FieldValue] = [:], classes: Int = 12, channels: Int = 3,
  size: Size = Size(square: 64)
) throws -> Network {
  try makeTemplate(name, written).network(
    input: NetworkInput(channels: channels, size: size), classes: classes)
}

/// Its network for a square image of that side, or for a cube.
func smallNetwork(
  _ name: String, classes: Int = 12, channels: Int = 3, side: Int = 64
) throws -> Network {
  let template = try makeTemplate(name)
  let extent = SpatialExtent(repeating: side, rank: type(of: template).spatialRank)
  return try template.network(
    input: NetworkInput(channels: channels, extent: extent), classes: classes)
}

/// What a template says about a size that it refuses.
func templateRefusal(
  _ name: String, _ written: [String: FieldValue] = [:], size: Size
) throws -> ComponentError? {
  try #require(throws: ComponentError.self) { try templateNetwork(name, written, size: size) }
}

extension Network {
  /// Parameters of the nodes whose names begin so.
  func parameterCount(of prefix: String) -> Int {
    parameters.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count }
  }

  var statisticsCount: Int { statistics.reduce(0) { $0 + $1.count } }

  /// The convolution of that name.
  func convolution(_ name: String) -> Convolution? {
    nodes.lazy.compactMap { node in
      if node.name == name, case .convolution(let convolution) = node.operation {
        convolution
      } else {
        nil
      }
    }.first
  }

  /// The shape of what a node makes.
  func shape(of node: String) -> FeatureShape? {
    nodes.first { $0.name == node }.map { values[$0.outputs[0]].shape }
  }

  /// Whether a node reads what was made last first.
  func readsNewestFirst(_ node: String) throws -> Bool {
    let inputs = try #require(nodes.first { $0.name == node }, "\(node)").inputs
    return inputs == inputs.sorted(by: >)
  }

  /// The shape of each head, by its name.
  var headShapes: [String: FeatureShape] {
    Dictionary(uniqueKeysWithValues: heads.map { ($0.name, values[$0.value].shape) })
  }

  var logitsShape: FeatureShape { values[logits].shape }
}
