/// A tensor and where it lies.
package struct PlacedTensor {
  package var place: DevicePlace
  package var layout: TensorLayout

  package init(_ place: DevicePlace, _ layout: TensorLayout) {
    self.place = place
    self.layout = layout
  }
}

/// Where a kernel's tensors lie. All memory belongs to the plan and outlives the kernel.
package struct KernelTensors {
  /// Numbers the node within its network: part of the key of random draws.
  package var node: Int
  package var inputs: [PlacedTensor]
  package var outputs: [PlacedTensor]
  /// In the operation's order, e.g. weight, bias; a fused PReLU's slope comes last. Values are `f32`.
  package var parameters: [DevicePlace]
  /// Batch norm's running mean and variance.
  package var state: [DevicePlace]
  package var workspace: DevicePlace?
  package var scratch: DevicePlace?

  // Training only.
  package var outputGradients: [PlacedTensor?]
  package var inputGradients: [PlacedTensor?]
  /// Says of each input whether its gradient is added to instead of written.
  package var accumulates: [Bool]
  /// Written, not added to: a parameter belongs to one node.
  package var parameterGradients: [DevicePlace]

  package init(
    node: Int, inputs: [PlacedTensor], outputs: [PlacedTensor], parameters: [DevicePlace] = [],
    state: [DevicePlace] = [], workspace: DevicePlace? = nil, scratch: DevicePlace? = nil,
    outputGradients: [PlacedTensor?] = [], inputGradients: [PlacedTensor?] = [],
    accumulates: [Bool] = [], parameterGradients: [DevicePlace] = []
  ) {
    self.node = node
    self.inputs = inputs
    self.outputs = outputs
    self.parameters = parameters
    self.state = state
    self.workspace = workspace
    self.scratch = scratch
    self.outputGradients = outputGradients
    self.inputGradients = inputGradients
    self.accumulates = accumulates
    self.parameterGradients = parameterGradients
  }
}
