package import Networks

/// What torchvision's `deeplabv3_resnet50` and `deeplabv3_resnet101` call the parameters and statistics of
/// the networks that are the same. It has no other network of ours.
package struct TorchvisionNames: Sendable {
  /// torchvision's function that makes the network.
  package let model: String

  /// - Throws: ``ModelFileError`` where torchvision has no such network.
  package init(_ network: Network) throws(ModelFileError) {
    func refusal(_ reason: String) -> ModelFileError {
      ModelFileError(
        "torchvision has no such network: \(reason)", remedy: "export it under its own names")
    }
    guard network.name == DeepLabV3.name, let encoder = network.encoder else {
      throw refusal("of ours it has deeplabv3 alone, and this is \(network.name)")
    }
    guard network.input.channels == 3 else {
      throw refusal("its images have 3 channels, and these \(network.input.channels)")
    }
    // Parameters are the same at an output stride of 16, where their meaning is another.
    guard network.dilations == [12, 24, 36] else {
      throw refusal("its output stride is 8, and this network has another")
    }
    model = "\(network.name)_\(encoder)"
  }

  /// - Parameter name: the network's own name of a parameter or statistic.
  package func callAsFunction(_ name: String) -> String {
    var (layer, role) = ("", name)
    if let point = name.lastIndex(of: ".") {
      (layer, role) = (String(name[..<point]), String(name[name.index(after: point)...]))
    }
    return "\(Self.layer(layer)).\(Self.roles[role] ?? role)"
  }

  private static func layer(_ name: String) -> String {
    if let known = auxiliaryLayers[name] { return known }
    let scope = "\(Encoders.scope)."
    return name.hasPrefix(scope) ? "backbone.\(name.dropFirst(scope.count))" : name
  }

  private static let auxiliaryLayers = [
    "aux.conv": "aux_classifier.0", "aux.bn": "aux_classifier.1",
    "aux.classifier": "aux_classifier.4",
  ]
  /// Of batch norm; those of convolutions are the same.
  private static let roles = [
    "scale": "weight", "shift": "bias", "mean": "running_mean", "variance": "running_var",
  ]
}

extension Network {
  /// Those of the pyramid's 3×3 convolutions.
  fileprivate var dilations: [Int] {
    nodes.compactMap { node in
      guard node.name.hasPrefix("classifier.0.convs."), case .convolution(let own) = node.operation,
        own.kernel == [3, 3]
      else { return nil }
      return own.dilation.height
    }
  }
}
