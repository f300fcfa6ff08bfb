@testable import Groundwork
@testable import Networks
import Testing

/// What tests of templates build and count.
enum TemplateBench {
  /// A template with some of its fields written.
  static func template(
    _ name: String, _ written: [String: FieldValue] = [:]
  ) throws -> any Template {
    try #require(try Registry.templates.makeDefault(name, written) as? any Template)
  }

  /// Its network for images of 3 channels.
  static func network(
    _ name: String, _ written: [String: FieldValue] = [:], classes: Int = 12,
    size: Size = Size(height: 64, width: 96)
  ) throws -> Network {
    try template(name, written).network(
      input: NetworkInput(channels: 3, size: size), classes: classes)
  }

  /// What it says about a size that it refuses.
  static func refusal(
    _ name: String, _ written: [String: FieldValue] = [:], size: Size
  ) throws -> ComponentError? {
    try #require(throws: ComponentError.self) { try network(name, written, size: size) }
  }
}

extension Network {
  /// The number of values of the parameters whose names begin so.
  func parameterCount(of prefix: String) -> Int {
    parameters.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count }
  }

  /// The number of values of running statistics.
  var statisticCount: Int { statistics.reduce(0) { $0 + $1.count } }

  /// Whether a node reads what was made last first.
  func readsNewestFirst(_ node: String) throws -> Bool {
    let inputs = try #require(nodes.first { $0.name == node }, "\(node)").inputs
    return inputs == inputs.sorted(by: >)
  }

  /// The shape of the output of a node.
  func shape(of node: String) throws -> FeatureShape {
    let node = try #require(nodes.first { $0.name == node }, "\(node)")
    return values[node.outputs[0]].shape
  }

  var logitsShape: FeatureShape { values[logits].shape }
}
