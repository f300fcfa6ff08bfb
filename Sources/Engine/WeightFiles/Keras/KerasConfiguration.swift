internal import Foundation

/// What a Keras model's configuration says about its layers. Nothing is built from it.
struct KerasConfiguration {
  struct Layer {
    /// As Keras spells it, e.g. `DepthwiseConv2D`.
    let kind: String
    /// Whether a normalization has γ and β.
    let hasScale: Bool
    let hasShift: Bool
  }

  private(set) var layers: [String: Layer] = [:]

  /// No model's configuration is longer.
  private static let maximumLength = 32 << 20
  private static let maximumDepth = 64

  init() {}

  /// - Throws: where it is not JSON.
  init(json: String) throws(Refusal) {
    guard json.utf8.count <= Self.maximumLength,
      let value = try? JSONSerialization.jsonObject(with: Data(json.utf8))
    else { throw Refusal.damaged("the model's configuration in it is not JSON") }
    collect(value, depth: 0)
  }

  private mutating func collect(_ value: Any, depth: Int) {
    guard depth < Self.maximumDepth else { return }
    if let list = value as? [Any] {
      for value in list { collect(value, depth: depth + 1) }
    }
    guard let object = value as? [String: Any] else { return }
    if let kind = object["class_name"] as? String, let config = object["config"] as? [String: Any],
      let name = config["name"] as? String
    {
      layers[name] = Layer(
        kind: kind, hasScale: config["scale"] as? Bool ?? true,
        hasShift: config["center"] as? Bool ?? true)
    }
    for value in object.values { collect(value, depth: depth + 1) }
  }
}
