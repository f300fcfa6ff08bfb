extension Network {
  /// The first batch norm that would see a single value of every channel in a batch of that many
  /// images; `nil` where none would.
  ///
  /// The variance of one value is 0, whatever the image: the layer's output is its shift alone, and the
  /// running variance that an evaluation divides by goes to 0. PyTorch refuses such a batch too.
  package func normOfSingleValues(batch: Int) -> String? {
    nodes.first { node in
      guard case .batchNorm = node.operation else { return false }
      return batch * values[node.inputs[0]].shape.area == 1
    }?.name
  }
}
