internal import CKernels

/// A network compiled for one batch size, purpose and backend: its kernels, made and bound to one
/// arena of memory. After `init` a step allocates nothing.
///
/// Making a plan costs no memory for tensors until ``allocate(_:)``; before that it already knows
/// how much it will take.
final class ExecutionPlan {
  enum Purpose: Sendable {
    /// Forward and backward, batch statistics, dropout.
    case training
    /// Forward only, running statistics.
    case prediction
  }

  let network: Network
  let batch: Int
  let purpose: Purpose
  let threads: Int
  let steps: [PlanStep]
  let kernels: [any Kernel]
  /// How each value of the network lies in memory.
  let layouts: [TensorLayout]
  private let places: Places
  private var memory: Memory?

  init(
    _ network: Network, batch: Int, purpose: Purpose, backend: any Backend, threads: Int
  ) throws {
    self.network = network
    self.batch = batch
    self.purpose = purpose
    self.threads = threads
    steps = Fusion.steps(of: network)
    layouts = Self.layouts(of: network, batch: batch, backend: backend)
    let wanted = Self.valuesWithGradient(network, steps)

    let isTraining = purpose == .training
    let layouts = layouts
    ck_set_library_threads(Int32(threads))
    kernels = try steps.map { step in
      try backend.makeKernel(
        for: KernelRequest(
          operation: step.operation, activation: step.activation,
          inputs: step.inputs.map { layouts[$0] }, outputs: step.outputs.map { layouts[$0] },
          isTraining: isTraining, wantsInputGradient: step.inputs.map { isTraining && wanted[$0] },
          threads: threads))
    }
    places = Places(
      network, steps, kernels, layouts, isTraining: isTraining, wantsGradient: wanted)
  }

  /// Bytes that ``allocate(_:)`` takes: tensors, gradients, scratch.
  var memoryBytes: Int { places.bytes + (purpose == .training ? parameterGradientBytes : 0) }

  private var parameterGradientBytes: Int {
    network.parameters.reduce(0) { $0 + ($1.count + 15) / 16 * 64 }
  }

  /// `[N, C, H, W]` plain, to be filled before `forward`.
  var images: UnsafeMutablePointer<Float> { bound.arena.pointer(places.values[Network.inputValue]) }

  var logitsLayout: TensorLayout { layouts[network.logits] }
  var logits: UnsafeMutablePointer<Float> { bound.arena.pointer(places.values[network.logits]) }
  /// Zeroed by `forward`; a loss adds to it before `backward`.
  var logitsGradient: UnsafeMutablePointer<Float> {
    bound.arena.pointer(places.gradients[network.logits])
  }
  /// Written by `backward`; arranged as the state's parameters.
  var parameterGradients: FlatTensors { bound.parameterGradients! }

  func forward(seed: UInt64 = 0, step: Int = 0) {
    ck_set_library_threads(Int32(threads))
    let pass = ForwardPass(isTraining: purpose == .training, seed: seed, step: step)
    for kernel in kernels { kernel.forward(pass) }
    if purpose == .training {
      ck_fill(logitsGradient, logitsLayout.elements, 0, Int32(threads))
    }
  }

  func backward() {
    for kernel in kernels.reversed() { kernel.backward() }
  }

  private var bound: Memory {
    guard let memory else { preconditionFailure("the plan has not been allocated") }
    return memory
  }

  /// Takes the memory and binds every kernel to it and to the parameters.
  func allocate(_ state: NetworkState) {
    let arena = Memory.Block(bytes: places.bytes)
    let gradients = purpose == .training ? FlatTensors(like: state.parameters) : nil
    memory = Memory(arena: arena, parameterGradients: gradients, state: state)

    for (index, step) in steps.enumerated() {
      let isTraining = purpose == .training
      kernels[index].bind(
        KernelTensors(
          node: step.node,
          inputs: step.inputs.map { arena.start + places.values[$0]! },
          outputs: step.outputs.map { arena.start + places.values[$0]! },
          parameters: step.parameters.map { state.parameters[$0].baseAddress! },
          state: step.statistics.map { state.statistics[$0].baseAddress! },
          workspace: places.workspaces[index].map { arena.start + $0 },
          scratch: places.scratch.map { arena.start + $0 },
          outputGradients: isTraining
            ? step.outputs.map { places.gradients[$0].map { arena.pointer($0) } } : [],
          inputGradients: isTraining
            ? step.inputs.map { places.gradients[$0].map { arena.pointer($0) } } : [],
          accumulates: places.accumulates[index],
          parameterGradients: gradients.map { gradients in
            step.parameters.map { gradients[$0].baseAddress! }
          } ?? []))
    }
  }

  /// The images lie plain, as the program gives them. What an operation writes anew lies as the
  /// backend prefers, what it only changes value by value as its input does.
  private static func layouts(
    of network: Network, batch: Int, backend: any Backend
  ) -> [TensorLayout] {
    let shapes = network.values.map {
      Shape(batch, $0.shape.channels, $0.shape.height, $0.shape.width)
    }
    var layouts = shapes.map { TensorLayout($0) }
    for node in network.nodes {
      for output in node.outputs {
        layouts[output] =
          node.operation.keepsLayout
          ? TensorLayout(shapes[output], block: layouts[node.inputs[0]].block)
          : backend.layout(for: shapes[output])
      }
    }
    return layouts
  }

  /// A gradient is wanted where parameters lie upstream.
  private static func valuesWithGradient(_ network: Network, _ steps: [PlanStep]) -> [Bool] {
    var wanted = [Bool](repeating: false, count: network.values.count)
    for step in steps {
      let isWanted = !step.parameters.isEmpty || step.inputs.contains { wanted[$0] }
      for output in step.outputs where network.values[output].kind == .features {
        wanted[output] = isWanted
      }
    }
    return wanted
  }
}

/// A plan's memory once it has been taken.
private struct Memory {
  let arena: Block
  let parameterGradients: FlatTensors?
  /// Kept alive: kernels point into it.
  let state: NetworkState

  struct Block {
    private let buffer: HostBuffer
    init(bytes: Int) { buffer = HostBuffer(bytes: bytes) }
    var start: UnsafeMutableRawPointer { buffer.start }

    func pointer(_ offset: Int?) -> UnsafeMutablePointer<Float> {
      guard let offset else { preconditionFailure("a tensor of the plan has no place") }
      return pointer(offset)
    }
    func pointer(_ offset: Int) -> UnsafeMutablePointer<Float> {
      (start + offset).assumingMemoryBound(to: Float.self)
    }
  }
}

/// Offsets of a plan's tensors within its arena, in bytes.
private struct Places {
  var values: [Int?]
  var gradients: [Int?]
  var workspaces: [Int?]
  /// Shared by all kernels.
  var scratch: Int?
  var accumulates: [[Bool]]
  var bytes: Int

  init(
    _ network: Network, _ steps: [PlanStep], _ kernels: [any Kernel], _ layouts: [TensorLayout],
    isTraining: Bool, wantsGradient: [Bool]
  ) {
    let lifetimes = Lifetimes(
      network: network, steps: steps, reads: isTraining ? kernels.map(\.backwardReads) : [],
      wanted: wantsGradient)
    accumulates = lifetimes.accumulates
    let end = isTraining ? 2 * steps.count : steps.count
    var arena = Arena()

    let valueRequests = network.values.indices.map { value in
      lifetimes.values[value].map { lifetime in
        let layout = layouts[value]
        let isPositions = network.values[value].kind == .positions
        return arena.reserve(
          bytes: isPositions ? layout.elements : layout.bytes, lifetime: lifetime)
      }
    }
    let gradientRequests = network.values.indices.map { value in
      lifetimes.gradients[value].map { lifetime in
        arena.reserve(bytes: layouts[value].bytes, lifetime: lifetime)
      }
    }
    let workspaceRequests = kernels.enumerated().map { index, kernel -> Int? in
      guard kernel.workspaceBytes > 0 else { return nil }
      return arena.reserve(
        bytes: kernel.workspaceBytes,
        lifetime: index...(isTraining ? 2 * steps.count - index : index))
    }
    let scratchBytes = kernels.map(\.scratchBytes).max() ?? 0
    let scratchRequest =
      scratchBytes > 0 ? arena.reserve(bytes: scratchBytes, lifetime: 0...end) : nil

    let (offsets, bytes) = arena.layout()
    values = valueRequests.map { $0.map { offsets[$0] } }
    gradients = gradientRequests.map { $0.map { offsets[$0] } }
    workspaces = workspaceRequests.map { $0.map { offsets[$0] } }
    scratch = scratchRequest.map { offsets[$0] }
    self.bytes = bytes
  }
}
