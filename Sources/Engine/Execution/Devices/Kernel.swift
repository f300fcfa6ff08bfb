package import Groundwork
package import Networks

/// One step of a plan, as a device sees it.
package struct KernelRequest: Sendable {
  package var operation: Operation
  /// Fused behind the operation.
  package var activation: Activation
  /// A batch norm with running statistics that is to become part of the operation's weights.
  package var foldedNorm: BatchNorm?
  /// Layouts of the inputs. An input of positions (``MaxUnpool``'s second) has the layout of the
  /// values it goes with, one byte an element.
  package var inputs: [TensorLayout]
  /// Layouts of the outputs; ``MaxPool``'s second, the positions, is one byte an element.
  package var outputs: [TensorLayout]
  /// True where `backward` will be called.
  package var isTraining: Bool
  /// True for each input whose gradient is wanted.
  package var wantsInputGradient: [Bool]
  package var threads: Int
  /// Bytes of scratch memory that a faster algorithm may take.
  package var scratchLimit: Int

  package init(
    operation: Operation, activation: Activation = .none, foldedNorm: BatchNorm? = nil,
    inputs: [TensorLayout], outputs: [TensorLayout], isTraining: Bool, wantsInputGradient: [Bool],
    threads: Int,
    scratchLimit: Int = .max
  ) {
    self.operation = operation
    self.activation = activation
    self.foldedNorm = foldedNorm
    self.inputs = inputs
    self.outputs = outputs
    self.isTraining = isTraining
    self.wantsInputGradient = wantsInputGradient
    self.threads = threads
    self.scratchLimit = scratchLimit
  }
}

/// One operation with everything prepared: made and bound once, run every step, allocating nothing.
package protocol Kernel: AnyObject {
  /// Bytes written by `forward` and read by `backward`: dropout's mask, batch norm's statistics.
  var workspaceBytes: Int { get }
  /// Bytes used within one call.
  var scratchBytes: Int { get }
  /// Which tensors of the forward pass `backward` reads, so that the others' memory is reused.
  var backwardReads: BackwardReads { get }
  /// Where results may be written over what they are made from.
  var inPlace: InPlace { get }
  /// True where ``repeatForward()`` can be called.
  var isRepeatable: Bool { get }
  /// Says where the tensors lie. Called once, and again only if the memory moved.
  func bind(_ tensors: KernelTensors)
  func forward(_ pass: ForwardPass)
  /// Writes the outputs of the last `forward` once more, to the same bits, from the inputs and the
  /// workspace; changes nothing else.
  func repeatForward()
  /// Writes the gradients of the inputs (adds to those that accumulate) and of the parameters. May
  /// overwrite the gradients of the outputs.
  func backward()
  /// What runs in each direction, in the library's own words; empty where it is the engine's own.
  var implementations: KernelImplementations { get }
}

extension Kernel {
  package var inPlace: InPlace { InPlace() }
  package var isRepeatable: Bool { false }
  package func repeatForward() { preconditionFailure("\(self) cannot be repeated") }
  package var implementations: KernelImplementations { KernelImplementations() }
}

/// Where a kernel may write over what it reads. Whether that is still needed is the plan's business.
package struct InPlace: Sendable, Hashable {
  /// The output may lie where an input of its layout lies.
  package var output = false
  /// The gradient of an input may lie where the gradient of the output lies.
  package var gradient = false
}

/// E.g. `jit_wino_4x3:avx512_core`.
package struct KernelImplementations: Sendable, Hashable {
  package var forward = ""
  package var dataGradient = ""
  package var weightGradient = ""
}

package struct BackwardReads: Sendable, Hashable {
  package var inputs: Bool
  package var outputs: Bool
  package init(inputs: Bool, outputs: Bool) {
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// What a kernel needs to know of the step that it runs in.
package struct ForwardPass {
  /// Batch statistics and dropout, or running statistics and none.
  package var isTraining: Bool
  /// Keys of dropout's draws: a mask is a function of these and of the node alone.
  package var seed: UInt64
  package var step: Int
  /// True where running statistics follow those of the batch.
  package var updatesStatistics: Bool
  /// The truth of the batch, `[N, P, H, W]`, for operations that choose what is trained on; `nil` where the
  /// pass only predicts.
  package var labels: UnsafePointer<Label>?

  package init(
    isTraining: Bool, seed: UInt64 = 0, step: Int = 0, updatesStatistics: Bool = true,
    labels: UnsafePointer<Label>? = nil
  ) {
    self.isTraining = isTraining
    self.seed = seed
    self.step = step
    self.updatesStatistics = updatesStatistics
    self.labels = labels
  }
}
