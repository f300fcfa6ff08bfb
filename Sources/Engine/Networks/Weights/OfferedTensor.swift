/// A tensor that a file of weights or a record offers to a network, in the network's own order of axes.
package struct OfferedTensor: Sendable, Hashable {
  /// As its file spells it, for people.
  package var name: String
  /// The name of its layer, e.g. `layer1.0.conv1`.
  package var layer: String
  /// What it is in its layer: `weight`, `bias`, `scale`, `shift`, `slope`, `mean` or `variance`, as the
  /// parameters and statistics of a network end.
  package var role: String
  package var shape: [Int]
  /// True where the inputs of a dense layer are in H, W, C order, as behind Keras' Flatten.
  package var isChannelsLast: Bool

  package init(
    name: String, layer: String, role: String, shape: [Int], isChannelsLast: Bool = false
  ) {
    self.name = name
    self.layer = layer
    self.role = role
    self.shape = shape
    self.isChannelsLast = isChannelsLast
  }
}
