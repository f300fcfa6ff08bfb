package import Groundwork

/// A kernel that runs on the host and is given addresses.
package protocol HostKernel: Kernel {
  func bind(_ tensors: HostTensors)
}

extension HostKernel {
  package func bind(_ tensors: KernelTensors) { bind(HostTensors(tensors)) }
}

/// A kernel on the host whose outputs follow from its inputs alone, whatever the pass: `forward` is
/// `repeatForward`, which it implements.
protocol RepeatableKernel: HostKernel {}

extension RepeatableKernel {
  package var isRepeatable: Bool { true }
  package func forward(_ pass: ForwardPass) { repeatForward() }
}

/// A tensor and its address.
package struct HostTensor {
  package var start: UnsafeMutableRawPointer
  package var layout: TensorLayout

  init(_ tensor: PlacedTensor) {
    start = tensor.place.address
    layout = tensor.layout
  }
}

/// ``KernelTensors`` with their addresses, for kernels on the host: looked up once, when a kernel is
/// bound.
package struct HostTensors {
  package var node: Int
  package var inputs: [HostTensor]
  package var outputs: [HostTensor]
  package var parameters: [UnsafeMutablePointer<Float>]
  package var state: [UnsafeMutablePointer<Float>]
  package var workspace: UnsafeMutableRawPointer?
  package var scratch: UnsafeMutableRawPointer?
  package var outputGradients: [HostTensor?]
  package var inputGradients: [HostTensor?]
  package var accumulates: [Bool]
  package var parameterGradients: [UnsafeMutablePointer<Float>]

  package init(_ tensors: KernelTensors) {
    func floats(_ place: DevicePlace) -> UnsafeMutablePointer<Float> {
      place.address.assumingMemoryBound(to: Float.self)
    }
    node = tensors.node
    inputs = tensors.inputs.map(HostTensor.init)
    outputs = tensors.outputs.map(HostTensor.init)
    parameters = tensors.parameters.map(floats)
    state = tensors.state.map(floats)
    workspace = tensors.workspace?.address
    scratch = tensors.scratch?.address
    outputGradients = tensors.outputGradients.map { $0.map(HostTensor.init) }
    inputGradients = tensors.inputGradients.map { $0.map(HostTensor.init) }
    accumulates = tensors.accumulates
    parameterGradients = tensors.parameterGradients.map(floats)
  }

  /// What a kernel holds until it is bound; any access traps.
  static var unbound: HostTensors { HostTensors(KernelTensors(node: 0, inputs: [], outputs: [])) }
}
