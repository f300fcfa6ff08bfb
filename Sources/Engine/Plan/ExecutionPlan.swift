internal import CKernels

/// A network compiled for one batch size, purpose and backend: its kernels, made and bound to one
/// arena of memory. After `allocate` a step allocates nothing.
///
/// Making a plan costs no memory for tensors until ``allocate(_:in:)``; before that it already
/// knows how much it will take.
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
  /// For each step: those that are repeated before its backward pass.
  let repeats: [[Int]]
  private let accumulates: [[Bool]]
  private let storage: Storage
  private var memory: Memory?

  /// - Parameter recomputes: gives up activations and makes them again for the backward pass, where
  ///   that saves memory.
  init(
    _ network: Network, batch: Int, purpose: Purpose, backend: any Backend, threads: Int,
    recomputes: Bool = false
  ) throws {
    self.network = network
    self.batch = batch
    self.purpose = purpose
    self.threads = threads
    let isTraining = purpose == .training
    let steps = Fusion.steps(of: network, foldsNorms: !isTraining)
    let planned = PlannedLayouts(network, steps, batch: batch, backend: backend)
    let wanted = Self.valuesWithGradient(network, steps)
    // A faster algorithm must not become what decides how much memory the network takes.
    let activations = planned.layouts.reduce(0) { $0 + $1.bytes }
    let scratchLimit = max(64 << 20, activations / (isTraining ? 4 : 10))
    ck_set_library_threads(Int32(threads))
    let kernels = try steps.map { step in
      let request = KernelRequest(
        operation: step.operation, activation: step.activation,
        inputs: step.inputs.map { planned.layouts[$0] },
        outputs: step.outputs.map { planned.layouts[$0] }, isTraining: isTraining,
        wantsInputGradient: step.inputs.map { isTraining && wanted[$0] }, threads: threads,
        scratchLimit: scratchLimit)
      if let norm = step.foldedNorm {
        return try FoldedNormKernel(norm, request, backend: backend) as any Kernel
      }
      return try backend.makeKernel(for: request)
    }

    let reads = isTraining ? kernels.map(\.backwardReads) : []
    let pass = PlannedPass(network: network, steps: steps, reads: reads)
    func arranged(dropping dropped: Set<Int>) -> (Lifetimes, StorageRequests) {
      let lifetimes = Lifetimes(
        network: network, steps: steps, reads: reads, wanted: wanted, within: planned.within,
        dropped: dropped)
      return (lifetimes, StorageRequests(pass, planned, kernels, lifetimes, isTraining: isTraining))
    }
    let dropped =
      recomputes && isTraining
      ? Recomputation(pass, planned, isRepeatable: kernels.map(\.isRepeatable))
        .bestDrops { arranged(dropping: $0).1.arena.leastBytes } : []
    let (lifetimes, requests) = arranged(dropping: dropped)
    self.steps = steps
    self.kernels = kernels
    layouts = planned.layouts
    repeats = lifetimes.repeats
    accumulates = lifetimes.accumulates
    storage = requests.placed()
  }

  /// Bytes of the arena: activations, their gradients, what kernels keep and need.
  var arenaBytes: Int { storage.bytes }

  /// `[N, C, H, W]` plain, to be filled before `forward`.
  var images: UnsafeMutablePointer<Float> { floats(storage.values[Network.inputValue]) }

  /// `f32`, whatever the precision of the plan.
  var logitsLayout: TensorLayout { layouts[network.logits] }
  var logits: UnsafeMutablePointer<Float> { floats(storage.values[network.logits]) }
  /// `f32` as well; `nil` where the network has no edge head.
  var edgesLayout: TensorLayout? { network.edges.map { layouts[$0] } }
  var edges: UnsafePointer<Float>? {
    network.edges.map { UnsafePointer(floats(storage.values[$0])) }
  }

  /// What losses look at after `forward`.
  func lossInput(labels: UnsafePointer<Label>) -> LossInput {
    LossInput(logits: logits, edges: edges, labels: labels)
  }

  /// Zeroed by `forward`; losses add to them before `backward`.
  var lossGradients: LossGradients {
    LossGradients(
      logits: floats(storage.gradients[network.logits]),
      edges: network.edges.map { floats(storage.gradients[$0]) })
  }

  /// Written by `backward`; arranged as the state's parameters.
  var parameterGradients: FlatTensors { bound.parameterGradients! }

  func forward(seed: UInt64 = 0, step: Int = 0, updatesStatistics: Bool = true) {
    ck_set_library_threads(Int32(threads))
    let pass = ForwardPass(
      isTraining: purpose == .training, seed: seed, step: step,
      updatesStatistics: updatesStatistics)
    for kernel in kernels { kernel.forward(pass) }
    if purpose == .training { clearLossGradients() }
  }

  func clearLossGradients() {
    let gradients = lossGradients
    ck_fill(gradients.logits, logitsLayout.elements, 0, Int32(threads))
    if let edges = gradients.edges, let layout = edgesLayout {
      ck_fill(edges, layout.elements, 0, Int32(threads))
    }
  }

  func backward() {
    for index in kernels.indices.reversed() {
      for repeated in repeats[index] { kernels[repeated].repeatForward() }
      kernels[index].backward()
    }
  }

  /// Binds every kernel to the arena and to the parameters.
  ///
  /// - Parameter arena: of ``arenaBytes`` or more. Plans that never run at the same time may share
  ///   one: nothing in it outlives a step.
  func allocate(_ state: NetworkState, in arena: HostBuffer) {
    precondition(arena.bytes >= arenaBytes)
    let gradients = purpose == .training ? FlatTensors(like: state.parameters) : nil
    memory = Memory(arena: arena, parameterGradients: gradients, state: state)
    for (index, step) in steps.enumerated() {
      func values(_ indices: [Int]) -> [PlacedTensor] {
        indices.map { PlacedTensor(arena.start + storage.values[$0]!, layouts[$0]) }
      }
      func gradientsOf(_ indices: [Int]) -> [PlacedTensor?] {
        guard purpose == .training else { return [] }
        return indices.map { value in
          storage.gradients[value].map { PlacedTensor(arena.start + $0, layouts[value]) }
        }
      }
      kernels[index].bind(
        KernelTensors(
          node: step.node, inputs: values(step.inputs), outputs: values(step.outputs),
          parameters: step.parameters.map { state.parameters[$0].baseAddress! },
          state: step.statistics.map { state.statistics[$0].baseAddress! },
          workspace: storage.workspaces[index].map { arena.start + $0 },
          scratch: storage.scratch[index].map { arena.start + $0 },
          outputGradients: gradientsOf(step.outputs), inputGradients: gradientsOf(step.inputs),
          accumulates: accumulates[index],
          parameterGradients: gradients.map { gradients in
            step.parameters.map { gradients[$0].baseAddress! }
          } ?? []))
    }
  }

  /// With an arena of its own.
  func allocate(_ state: NetworkState) { allocate(state, in: HostBuffer(bytes: arenaBytes)) }

  private var bound: Memory {
    guard let memory else { preconditionFailure("the plan has not been allocated") }
    return memory
  }

  private func floats(_ offset: Int?) -> UnsafeMutablePointer<Float> {
    guard let offset else { preconditionFailure("a tensor of the plan has no place") }
    return (bound.arena.start + offset).assumingMemoryBound(to: Float.self)
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
  let arena: HostBuffer
  let parameterGradients: FlatTensors?
  /// Kept alive: kernels point into it.
  let state: NetworkState
}
