@testable import Groundwork
@testable import Networks
import Testing

/// A template's network, built as a spec that names it would have it built.
func templateNetwork(
  _ name: String, _ written: [String: FieldValue] = [:], classes: Int = 12, channels: Int = 3,
  size: Size = Size(square: 64)
) throws -> Network {
  let type = try #require(Registry.templates.find(name))
  let template = try type.init(FieldValues(written, of: type.fields))
  return try template.network(
    input: NetworkInput(channels: channels, size: size), classes: classes)
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

  /// The shape of each head, by its name.
  var headShapes: [String: FeatureShape] {
    Dictionary(uniqueKeysWithValues: heads.map { ($0.name, values[$0.value].shape) })
  }
}
