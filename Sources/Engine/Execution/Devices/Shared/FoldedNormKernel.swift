internal import CKernels
internal import Networks

/// A convolution whose weights have taken in the batch norm behind it, for prediction.
///
/// They are made anew in every pass, which costs little beside the convolution and leaves nothing
/// to forget when the parameters change.
final class FoldedNormKernel: HostKernel {
  let workspaceBytes: Int
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let convolution: any HostKernel
  private let norm: BatchNorm
  private let hasBias: Bool
  /// The weight as `[outer][outputs][inner]`.
  private let extents: (outer: Int, outputs: Int, inner: Int)
  private let weightCount: Int
  private var tensors = HostTensors.unbound

  /// - Parameter request: the request for the convolution, with or without a bias.
  init(_ norm: BatchNorm, _ request: KernelRequest, device: any HostDevice) throws {
    self.norm = norm
    var biased = request
    let inputs = request.inputs[0].shape.channels
    switch request.operation {
    case .convolution(var operation):
      hasBias = operation.hasBias
      extents = (1, operation.outputs, inputs / operation.groups * operation.kernel.count)
      operation.hasBias = true
      biased.operation = .convolution(operation)
    case .transposedConvolution(var operation):
      hasBias = operation.hasBias
      extents = (inputs, operation.outputs, operation.kernel.count)
      operation.hasBias = true
      biased.operation = .transposedConvolution(operation)
    default:
      preconditionFailure("\(request.operation) has no weights to take in a batch norm")
    }
    convolution = try device.makeHostKernel(for: biased)
    weightCount = extents.outer * extents.outputs * extents.inner
    workspaceBytes = floatBytes(weightCount + extents.outputs)
  }

  var scratchBytes: Int { convolution.scratchBytes }
  var implementations: KernelImplementations { convolution.implementations }

  private var weight: UnsafeMutablePointer<Float> { tensors.floatWorkspace! }
  private var bias: UnsafeMutablePointer<Float> { weight + weightCount }

  func bind(_ tensors: HostTensors) {
    self.tensors = tensors
    var folded = tensors
    folded.parameters = [weight, bias]
    folded.state = []
    convolution.bind(folded)
  }

  func forward(_ pass: ForwardPass) {
    let (parameters, norms) = (tensors.parameters, hasBias ? 2 : 1)
    var folding = ck_folding(
      outer: extents.outer, outputs: extents.outputs, inner: extents.inner,
      weight: parameters[0], bias: hasBias ? parameters[1] : nil, scale: parameters[norms],
      shift: parameters[norms + 1], mean: tensors.state[0], variance: tensors.state[1],
      epsilon: norm.epsilon)
    ck_fold_batch_norm(&folding, weight, bias)
    convolution.forward(pass)
  }

  func backward() { preconditionFailure("a folded batch norm is for prediction alone") }
}
