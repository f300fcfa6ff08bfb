package import Groundwork
package import Networks

/// A network compiled for one batch size, purpose and device: its kernels, made and bound to one
/// arena of memory. After `allocate` a step allocates nothing.
///
/// Making a plan costs no memory for tensors until ``allocate(_:in:)``; before that it already
/// knows how much it will take.
package final class ExecutionPlan {
  package enum Purpose: Sendable {
    /// Forward and backward, batch statistics, dropout.
    case training
    /// Forward only, running statistics.
    case prediction
  }

  package let network: Network
  package let batch: Int
  package let purpose: Purpose
  package let device: any Device
  package let threads: Int
  package let steps: [PlanStep]
  package let kernels: [any Kernel]
  /// How each value of the network lies in memory.
  package let layouts: [TensorLayout]
  /// The heads of the network in its order; `f32`, whatever the precision of the plan.
  package let headLayouts: [HeadLayout]
  /// For each step: those that are repeated before its backward pass.
  package let repeats: [[Int]]
  private let accumulates: [[Bool]]
  private let storage: Storage
  private var memory: PlanMemory?

  /// - Parameter recomputes: gives up activations and makes them again for the backward pass, where
  ///   that saves memory.
  package init(
    _ network: Network, batch: Int, purpose: Purpose, device: any Device, threads: Int,
    recomputes: Bool = false
  ) throws {
    let network = purpose == .prediction ? network.forPrediction : network
    self.network = network
    self.batch = batch
    self.purpose = purpose
    self.device = device
    self.threads = threads
    let isTraining = purpose == .training

    // What becomes one kernel.
    steps = Fusion.steps(of: network, on: device, foldsNorms: !isTraining)

    // How values lie, and which of them within others.
    let planned = PlannedLayouts(network, steps, batch: batch, device: device)
    layouts = planned.layouts
    headLayouts = network.heads.map {
      HeadLayout(name: $0.name, layout: planned.layouts[$0.value].ofStackedSlices)
    }

    // The kernels, which say what memory they need and when.
    let wanted = Self.valuesWithGradient(network, steps)
    let maker = KernelMaker(
      device: device, layouts: planned.layouts, wanted: wanted, isTraining: isTraining,
      threads: threads)
    kernels = try steps.map(maker.kernel)

    // When tensors are alive and what is repeated, and from that where they lie.
    let reads = isTraining ? kernels.map(\.backwardReads) : []
    let arrangement = MemoryArrangement(
      PlannedPass(network: network, steps: steps, reads: reads), planned, kernels, wanted: wanted,
      isTraining: isTraining, recomputes: recomputes)
    repeats = arrangement.lifetimes.repeats
    accumulates = arrangement.lifetimes.accumulates
    storage = arrangement.storage
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

// MARK: - Memory

extension ExecutionPlan {
  /// Bytes of the arena: activations, their gradients, what kernels keep and need.
  package var arenaBytes: Int { storage.bytes }

  /// Binds every kernel to the arena and to the parameters.
  ///
  /// - Parameter arena: memory of the plan's device, ``arenaBytes`` or more. Plans that never run
  ///   at the same time may share an arena: nothing in it outlives a step.
  package func allocate(_ state: NetworkState, in arena: any DeviceMemory) {
    precondition(arena.bytes >= arenaBytes)
    let memory = PlanMemory(self, storage, state: state, arena: arena)
    for index in steps.indices {
      kernels[index].bind(
        memory.tensors(
          of: steps[index], number: index, layouts: layouts, accumulates: accumulates[index]))
    }
    self.memory = memory
  }

  /// Binds every kernel to the parameters and to an arena of the plan's own.
  package func allocate(_ state: NetworkState) {
    allocate(state, in: device.allocate(bytes: arenaBytes))
  }

  private var bound: PlanMemory {
    guard let memory else { preconditionFailure("the plan has not been allocated") }
    return memory
  }

  /// The heads where losses find them.
  package var heads: PlanHeads { bound.heads }

  /// The gradients that `backward` writes, arranged as the state's parameters.
  package var parameterGradients: FlatTensors { bound.parameterGradients! }

  /// The layout of the images.
  package var input: TensorLayout { layouts[Network.inputValue] }

  /// Takes the images of the next `forward`: `[N, C, H, W]` plain.
  package func load(_ images: UnsafePointer<Float>) {
    bound.images.upload(images, bytes: input.bytes)
  }

  /// Lets the host write the images of the next `forward`: `[N, C, H, W]` plain.
  package func writeImages(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    let window = bound.imageWindow
    body(window.floats)
    window.upload()
  }
}

// MARK: - Running

extension ExecutionPlan {
  /// - Parameter labels: the truth of the batch, for operations that choose what is trained on.
  package func forward(
    seed: UInt64 = 0, step: Int = 0, updatesStatistics: Bool = true,
    labels: UnsafePointer<Label>? = nil
  ) {
    device.begin(threads: threads)
    let pass = ForwardPass(
      isTraining: purpose == .training, seed: seed, step: step,
      updatesStatistics: updatesStatistics, labels: labels)
    for kernel in kernels { kernel.forward(pass) }
    bound.heads.begin()
    if purpose == .training { clearHeadGradients() }
  }

  package func clearHeadGradients() { bound.heads.clearGradients(on: device, threads: threads) }

  package func backward() {
    bound.heads.finish()
    for index in kernels.indices.reversed() {
      for repeated in repeats[index] { kernels[repeated].repeatForward() }
      kernels[index].backward()
    }
  }
}
