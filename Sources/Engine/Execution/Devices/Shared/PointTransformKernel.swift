internal import CKernels
internal import Groundwork
internal import Networks

/// Features times a matrix of each sample. Every place is computed by itself, and sums have one order, so that
/// points in another order come out in that order, to the bit.
final class PointTransformKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: true, outputs: false)

  private let transforming: ck_transforming
  private var tensors = HostTensors.unbound

  init(_ operation: PointTransform, _ request: KernelRequest) {
    precondition(
      request.inputs[0].dense == request.outputs[0].dense,
      "\(request.inputs[0]) and \(request.outputs[0]) lie differently")
    transforming = ck_transforming(
      layout: request.inputs[0].kernel, matrix: request.inputs[1].kernel,
      size: Int32(operation.size), threads: Int32(request.threads))
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    var transforming = transforming
    ck_transform(&transforming, tensors.input(0), tensors.input(1), tensors.output(), 0, 0)
  }

  func backward() {
    var transforming = transforming
    let gradient = tensors.outputGradient
    if let matrix = tensors.inputGradient(1) {
      ck_transform_matrix_gradient(
        &transforming, tensors.input(0), gradient, matrix, tensors.accumulates(1))
    }
    if let features = tensors.inputGradient(0) {
      ck_transform(
        &transforming, gradient, tensors.input(1), features, 1, tensors.accumulates(0))
    }
  }
}
