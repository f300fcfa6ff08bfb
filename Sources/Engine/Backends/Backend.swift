/// Turns the operations of a plan into kernels for one kind of library or device.
public protocol Backend: Sendable {
  static var name: String { get }
  /// How an activation of this shape should lie in memory.
  func layout(for shape: Shape) -> TensorLayout
  /// Which tensors of an operation may be ranges of channels of a wider tensor.
  func mayLieWithinWider(_ operation: Operation) -> WideTensors
  /// - Throws: ``BackendError`` where the library refuses.
  func makeKernel(for request: KernelRequest) throws -> any Kernel
}

/// Which of an operation's tensors, and their gradients, its kernel can find at any distance from
/// sample to sample.
public struct WideTensors: Sendable, Hashable {
  public var inputs = false
  public var outputs = false
}

/// A library's refusal, with its own message.
public struct BackendError: Error, CustomStringConvertible, Sendable {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// One step of a plan, as a backend sees it.
public struct KernelRequest: Sendable {
  public var operation: Operation
  /// Fused behind the operation.
  public var activation: Activation
  /// Layouts of the inputs. An input of positions (``MaxUnpool``'s second) has the layout of the
  /// values it goes with, one byte an element.
  public var inputs: [TensorLayout]
  /// Layouts of the outputs; ``MaxPool``'s second, the positions, is one byte an element.
  public var outputs: [TensorLayout]
  /// Whether `backward` will be called.
  public var isTraining: Bool
  /// Whether the gradient of each input is wanted.
  public var wantsInputGradient: [Bool]
  public var threads: Int
  /// Bytes of scratch memory that a faster algorithm may take.
  public var scratchLimit: Int

  public init(
    operation: Operation, activation: Activation = .none, inputs: [TensorLayout],
    outputs: [TensorLayout], isTraining: Bool, wantsInputGradient: [Bool], threads: Int,
    scratchLimit: Int = .max
  ) {
    self.operation = operation
    self.activation = activation
    self.inputs = inputs
    self.outputs = outputs
    self.isTraining = isTraining
    self.wantsInputGradient = wantsInputGradient
    self.threads = threads
    self.scratchLimit = scratchLimit
  }
}

/// One operation with everything prepared: made and bound once, run every step, allocating nothing.
public protocol Kernel: AnyObject {
  /// Bytes written by `forward` and read by `backward`: dropout's mask, batch norm's statistics.
  var workspaceBytes: Int { get }
  /// Bytes used within one call.
  var scratchBytes: Int { get }
  /// Which tensors of the forward pass `backward` reads, so that the others' memory is reused.
  var backwardReads: BackwardReads { get }
  /// Where results may be written over what they are made from.
  var inPlace: InPlace { get }
  /// Whether ``repeatForward()`` can be called.
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
  public var inPlace: InPlace { InPlace() }
  public var isRepeatable: Bool { false }
  public func repeatForward() { preconditionFailure("\(self) cannot be repeated") }
  public var implementations: KernelImplementations { KernelImplementations() }
}

/// Where a kernel may write over what it reads. Whether that is still needed is the plan's business.
public struct InPlace: Sendable, Hashable {
  /// The output may lie where an input of its layout lies.
  public var output = false
  /// The gradient of an input may lie where the gradient of the output lies.
  public var gradient = false
}

/// E.g. `jit_wino_4x3:avx512_core`.
public struct KernelImplementations: Sendable, Hashable {
  public var forward = ""
  public var dataGradient = ""
  public var weightGradient = ""
}

public struct BackwardReads: Sendable, Hashable {
  public var inputs: Bool
  public var outputs: Bool
  public init(inputs: Bool, outputs: Bool) {
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// What a kernel needs to know of the step that it runs in.
public struct ForwardPass: Sendable {
  /// Batch statistics and dropout, or running statistics and none.
  public var isTraining: Bool
  /// Keys of dropout's draws: a mask is a function of these and of the node alone.
  public var seed: UInt64
  public var step: Int
  /// Whether running statistics follow those of the batch.
  public var updatesStatistics: Bool

  public init(
    isTraining: Bool, seed: UInt64 = 0, step: Int = 0, updatesStatistics: Bool = true
  ) {
    self.isTraining = isTraining
    self.seed = seed
    self.step = step
    self.updatesStatistics = updatesStatistics
  }
}

/// A tensor and where it lies.
public struct PlacedTensor {
  public var start: UnsafeMutableRawPointer
  public var layout: TensorLayout

  public init(_ start: UnsafeMutableRawPointer, _ layout: TensorLayout) {
    self.start = start
    self.layout = layout
  }
}

/// Where a kernel's tensors lie. All memory belongs to the plan and outlives the kernel.
public struct KernelTensors {
  /// Numbers the node within its network: part of the key of random draws.
  public var node: Int
  public var inputs: [PlacedTensor]
  public var outputs: [PlacedTensor]
  /// In the operation's order, e.g. weight, bias; a fused PReLU's slope comes last.
  public var parameters: [UnsafeMutablePointer<Float>]
  /// Batch norm's running mean and variance.
  public var state: [UnsafeMutablePointer<Float>]
  public var workspace: UnsafeMutableRawPointer?
  public var scratch: UnsafeMutableRawPointer?

  // Training only.
  public var outputGradients: [PlacedTensor?]
  public var inputGradients: [PlacedTensor?]
  /// Whether to add to the gradient of each input instead of writing it.
  public var accumulates: [Bool]
  /// Written, not added to: a parameter belongs to one node.
  public var parameterGradients: [UnsafeMutablePointer<Float>]

  public init(
    node: Int, inputs: [PlacedTensor], outputs: [PlacedTensor],
    parameters: [UnsafeMutablePointer<Float>] = [], state: [UnsafeMutablePointer<Float>] = [],
    workspace: UnsafeMutableRawPointer? = nil, scratch: UnsafeMutableRawPointer? = nil,
    outputGradients: [PlacedTensor?] = [], inputGradients: [PlacedTensor?] = [],
    accumulates: [Bool] = [],
    parameterGradients: [UnsafeMutablePointer<Float>] = []
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
