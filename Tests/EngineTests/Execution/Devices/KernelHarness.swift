@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing
@testable import Training

/// Runs a case on a device: lays plain tensors out as the device wants them, runs forward and
/// backward, and reads everything back as plain tensors.
///
/// It keeps to the letter of ``Kernel``: scratch memory is lost between the calls, and so are the
/// inputs and outputs that backward does not claim to read.
struct KernelHarness {
  let test: KernelCase
  let target: DeviceUnderTest
  var threads = 1
  var isTraining = true
  var pass = ForwardPass(isTraining: true, seed: 11, step: 5)
  var node = 7
  /// Adds to gradients of inputs that hold this value.
  var accumulatesOnto: Double?
  var wantsInputGradient = true

  struct Result {
    var outputs: [PlainTensor] = []
    /// Of `repeatForward`, where the kernel has it.
    var repeatedOutputs: [PlainTensor]?
    /// Nil where none is wanted.
    var inputGradients: [PlainTensor?] = []
    var parameterGradients: [[Double]] = []
    var state: [[Double]] = []
    /// What was written where nothing may be written.
    var trespasses: [String] = []
  }

  func run(_ values: KernelValues) throws -> Result {
    try run(values, backward: isTraining)
  }

  func forward(_ values: KernelValues) throws -> Result { try run(values, backward: false) }

  private func run(_ values: KernelValues, backward: Bool) throws -> Result {
    let mayWiden = target.device.stridedViews(of: test.operation)
    let inputs = test.inputs.indices.map { index in
      let isBytes = test.isPositions(input: index)
      return Slot(
        target.widened(target.layout(for: test.inputs[index]), if: mayWiden.inputs && !isBytes),
        isBytes: isBytes, on: target.device)
    }
    let outputs = test.outputs.indices.map { index in
      let isBytes = test.isPositions(output: index)
      return Slot(
        target.widened(target.layout(for: test.outputs[index]), if: mayWiden.outputs && !isBytes),
        isBytes: isBytes, on: target.device)
    }
    let wanted = inputs.map { !$0.isBytes && wantsInputGradient }
    let kernel = try target.device.makeKernel(
      for: KernelRequest(
        operation: test.operation, activation: test.activation, inputs: inputs.map(\.layout),
        outputs: outputs.map(\.layout), isTraining: isTraining, wantsInputGradient: wanted,
        threads: threads))

    let device = target.device
    let workspace = FencedMemory(bytes: kernel.workspaceBytes, on: device)
    let scratch = FencedMemory(bytes: kernel.scratchBytes, on: device)
    let parameters = values.parameters.map(floats), state = values.state.map(floats)
    let parameterGradients = values.parameters.map {
      FencedMemory(bytes: 4 * $0.count, on: device)
    }
    let outputGradient = Slot(outputs[0].layout, on: device)
    let inputGradients = zip(inputs, wanted).map { $1 ? Slot($0.layout, on: device) : nil }
    for (input, tensor) in zip(inputs, values.inputs) { input.write(tensor) }
    outputGradient.write(values.outputGradient)
    if let value = accumulatesOnto {
      for gradient in inputGradients.compactMap({ $0 }) {
        gradient.write(PlainTensor(gradient.layout.shape, repeating: value))
      }
    }
    kernel.bind(
      KernelTensors(
        node: node, inputs: inputs.map(\.placed), outputs: outputs.map(\.placed),
        parameters: parameters.map(\.place), state: state.map(\.place),
        workspace: workspace.place, scratch: scratch.place,
        outputGradients: [outputGradient.placed] + outputs.dropFirst().map { _ in nil },
        inputGradients: inputGradients.map { $0?.placed },
        accumulates: inputs.map { _ in accumulatesOnto != nil },
        parameterGradients: parameterGradients.map(\.place)))

    kernel.forward(pass)
    var result = Result()
    result.outputs = outputs.map { $0.read() }
    result.state = state.map(\.doubles)
    var slots = inputs + outputs
    result.trespasses = slots.flatMap { $0.trespasses("a tensor of forward") }
    if kernel.isRepeatable, pass.isTraining {
      for output in outputs where !output.isBytes { output.memory.fill() }
      kernel.repeatForward()
      result.repeatedOutputs = outputs.map { $0.read() }
    }
    if backward {
      scratch.fill()
      if !kernel.backwardReads.inputs { inputs.forEach { $0.forget() } }
      if !kernel.backwardReads.outputs { outputs.forEach { $0.forget() } }
      kernel.backward()
      result.inputGradients = inputGradients.map { $0?.read() }
      result.parameterGradients = parameterGradients.map(\.doubles)
      slots = inputGradients.compactMap { $0 }
      result.trespasses += slots.flatMap { $0.trespasses("a gradient of an input") }
    }
    for memory in [workspace, scratch] + parameters + state + parameterGradients {
      memory.download()
      if memory.isFenceIntact { continue }
      result.trespasses.append("beyond the end of \(memory.bytes) bytes")
    }
    return result
  }

  private func floats(_ values: [Double]) -> FencedMemory {
    let memory = FencedMemory(bytes: 4 * values.count, on: target.device)
    for (index, value) in values.enumerated() { memory.floats[index] = Float(value) }
    memory.upload()
    return memory
  }
}

extension Float {
  /// To nearest, ties to even.
  fileprivate var roundedToBF16: UInt16 {
    if isNaN { return 0x7FC0 }
    let bits = bitPattern
    return UInt16((bits + 0x7FFF + (bits >> 16) & 1) >> 16)
  }
}

extension FencedMemory {
  /// What the device has.
  fileprivate var doubles: [Double] {
    download()
    return floats.map(Double.init)
  }
}

/// The memory of a tensor in a layout.
private struct Slot {
  let layout: TensorLayout
  let isBytes: Bool
  let memory: FencedMemory
  private let places: [Int]
  private let padding: [Int]

  init(_ layout: TensorLayout, isBytes: Bool = false, on device: any Device) {
    self.layout = layout
    self.isBytes = isBytes
    places = layout.places
    padding = layout.padding
    memory = FencedMemory(
      bytes: layout.stride * layout.shape.batch * (isBytes ? 1 : layout.precision.bytes),
      on: device)
  }

  var placed: PlacedTensor { PlacedTensor(memory.place, layout) }

  /// Positions are the plan's to keep.
  func forget() { if !isBytes { memory.fill() } }

  func write(_ tensor: PlainTensor) {
    if isBytes {
      let codes = memory.codes
      for place in padding { codes[place] = 0 }
      for (place, value) in zip(places, tensor.values) { codes[place] = UInt8(value) }
    } else {
      for place in padding { self[place] = 0 }
      for (place, value) in zip(places, tensor.values) { self[place] = Float(value) }
    }
    memory.upload()
  }

  func read() -> PlainTensor {
    memory.download()
    let values = places.map { isBytes ? Double(memory.codes[$0]) : Double(self[$0]) }
    return PlainTensor(layout.shape, values: values)
  }

  /// One value, as it is stored.
  private subscript(place: Int) -> Float {
    get {
      switch layout.precision {
      case .f32: memory.floats[place]
      case .bf16: Float(bitPattern: UInt32(memory.halves[place]) << 16)
      }
    }
    nonmutating set {
      switch layout.precision {
      case .f32: memory.floats[place] = newValue
      case .bf16: memory.halves[place] = newValue.roundedToBF16
      }
    }
  }

  /// Padding that is not zero, and writes beyond the ends.
  func trespasses(_ name: String) -> [String] {
    memory.download()
    let isPaddingZero = isBytes || padding.allSatisfy { self[$0] == 0 }
    let areGapsIntact = layout.gaps.allSatisfy { self[$0].isNaN }
    return (isPaddingZero ? [] : ["in the padding of \(name)"])
      + (areGapsIntact ? [] : ["beside \(name)"])
      + (memory.isFenceIntact ? [] : ["beyond the ends of \(name)"])
  }
}
