package import Groundwork

/// A named output of a network, which losses look at.
package struct Head: Sendable, Hashable {
  package var name: String
  /// Index into ``Network/values``.
  package var value: Int

  /// The head that tells the classes: K × H × W, before any softmax. Every network has it, first of
  /// its heads.
  package static let logits = "logits"

  package init(name: String, value: Int) {
    self.name = name
    self.value = value
  }
}

/// A head as it lies in memory for one batch.
package struct HeadLayout: Sendable, Hashable {
  package var name: String
  /// N × C × H × W, always `f32`.
  package var layout: TensorLayout

  package init(name: String = Head.logits, layout: TensorLayout) {
    self.name = name
    self.layout = layout
  }
}
