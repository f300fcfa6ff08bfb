extension Network {
  /// The first batch norm, but for frozen ones, that would see a single value of every channel in a
  /// batch of that many images, or group norm that would see a single value of every group; `nil` where none would.
  ///
  /// The variance of one value is 0, whatever the image: the layer's output is its shift alone, and the
  /// running variance that an evaluation divides by goes to 0. PyTorch refuses such a batch too.
  package func normOfSingleValues(batch: Int) -> String? {
    nodes.first { node in
      let shape = values[node.inputs[0]].shape
      switch node.operation {
      case .batchNorm(let norm): return !norm.isFrozen && batch * shape.area == 1
      case .groupNorm(let norm): return shape.area * shape.channels == norm.groups
      default: return false
      }
    }?.name
  }
}
