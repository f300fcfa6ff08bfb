import CKernels
@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks

/// A device that proves that nothing but its own calls touches its memory: the portable kernels,
/// behind pages that are closed whenever none of them runs.
///
/// It has one solver's rule, one rule for whole buffers and one loss, and leaves the others to the
/// host, so that both ways are gone.
struct GuardedDevice: Device {
  let name = "guarded"
  private let kernels = OpenBLASDevice()

  func allocate(bytes: Int) -> any DeviceMemory { ProtectedMemory(bytes: bytes) }

  func clear(_ place: DevicePlace, bytes: Int, threads: Int) {
    ProtectedMemories([place]).opened { kernels.clear(place, bytes: bytes, threads: threads) }
  }

  func begin(threads: Int) { kernels.begin(threads: threads) }

  func layout(for shape: Shape) -> TensorLayout { kernels.layout(for: shape) }

  func stridedViews(of operation: Networks.Operation) -> StridedViews {
    kernels.stridedViews(of: operation)
  }

  func fuses(_ activation: Activation, into operation: Networks.Operation) -> Bool {
    kernels.fuses(activation, into: operation)
  }

  func foldsNorm(into operation: Networks.Operation) -> Bool { kernels.foldsNorm(into: operation) }

  func makeKernel(for request: KernelRequest) throws -> any Kernel {
    GuardedKernel(try kernels.makeKernel(for: request))
  }

  func update(_ step: SolverStep, by rule: UpdateRule) -> Bool {
    guard case .sgd(let velocity, let factors) = rule else { return false }
    let state = velocity.map { step.state[$0] }
    let buffers = [step.parameters, step.gradients] + [state].compactMap(\.self)
    ProtectedMemories(buffers.map(\.start)).opened {
      ck_sgd(
        ck_solver_step(
          parameters: step.parameters.address, gradients: step.gradients.address,
          chunks: step.tensors.chunks.baseAddress, count: Int32(step.tensors.chunks.count),
          limit: step.clipping.limit, scale: step.clipping.scale, threads: Int32(step.threads)),
        state?.address, factors)
    }
    return true
  }

  func update(
    _ target: FlatTensors, from source: FlatTensors, by rule: BufferRule, threads: Int
  ) -> Bool {
    guard case .average(let part) = rule else { return false }
    ProtectedMemories([target.start, source.start]).opened {
      ck_average(target.address, source.address, target.count, part, Int32(threads))
    }
    return true
  }

  func makeLossKernel(for request: LossRequest) -> (any DeviceLossKernel)? {
    guard case .crossEntropy(let classWeights, dividesByWeights: false) = request.rule,
      let loss = try? CrossEntropy(
        FieldValues(
          ["class_weights": .numbers(classWeights.map(Double.init))], of: CrossEntropy.fields)),
      let kernel = try? loss.makeKernel(
        for: LossContext(
          heads: [HeadLayout(layout: request.layout)],
          statistics: ClassStatistics(pixels: [], pixelsOfImagesWithClass: []),
          threads: request.threads))
    else { return nil }
    return GuardedLossKernel(kernel)
  }
}

extension DeviceKind {
  static let guarded = DeviceKind(name: "guarded", precisions: [.f32]) {
    _, _ throws(DeviceError) in GuardedDevice()
  }
}

extension FlatTensors {
  fileprivate var start: DevicePlace { DevicePlace(memory) }
  fileprivate var address: UnsafeMutablePointer<Float> {
    start.address.assumingMemoryBound(to: Float.self)
  }
}

/// A portable kernel whose memory is open while it runs.
private final class GuardedKernel: Kernel {
  private let kernel: any Kernel
  private var memories = ProtectedMemories([])

  init(_ kernel: any Kernel) { self.kernel = kernel }

  var workspaceBytes: Int { kernel.workspaceBytes }
  var scratchBytes: Int { kernel.scratchBytes }
  var backwardReads: BackwardReads { kernel.backwardReads }
  var inPlace: InPlace { kernel.inPlace }
  var isRepeatable: Bool { kernel.isRepeatable }
  var implementations: KernelImplementations { kernel.implementations }

  func bind(_ tensors: KernelTensors) {
    let placed =
      tensors.inputs + tensors.outputs
      + (tensors.outputGradients + tensors.inputGradients).compactMap(\.self)
    memories = ProtectedMemories(
      placed.map(\.place) + tensors.parameters + tensors.state + tensors.parameterGradients
        + [tensors.workspace, tensors.scratch].compactMap(\.self))
    memories.opened { kernel.bind(tensors) }
  }

  func forward(_ pass: ForwardPass) { memories.opened { kernel.forward(pass) } }
  func repeatForward() { memories.opened { kernel.repeatForward() } }
  func backward() { memories.opened { kernel.backward() } }
}

/// A loss of the host whose heads are open while it runs.
private final class GuardedLossKernel: DeviceLossKernel {
  private let kernel: any LossKernel

  init(_ kernel: any LossKernel) { self.kernel = kernel }

  func evaluate(
    _ values: DevicePlace, labels: UnsafePointer<Label>, weight: Float, gradient: DevicePlace
  ) -> LossValue {
    ProtectedMemories([values, gradient]).opened {
      kernel.evaluate(
        LossInput(
          logits: UnsafePointer(values.address.assumingMemoryBound(to: Float.self)),
          labels: labels), weight: weight,
        gradients: LossGradients(logits: gradient.address.assumingMemoryBound(to: Float.self)))
    }
  }
}
