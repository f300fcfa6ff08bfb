internal import CKernels
internal import Groundwork

/// Features times a gate that is repeated where it has an extent of 1.
final class MultiplyKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes: Int
  let backwardReads = BackwardReads(inputs: true, outputs: false)

  private let gating: ck_gating
  private var tensors = HostTensors.unbound

  init(_ request: KernelRequest) {
    let (features, gate) = (request.inputs[0], request.inputs[1])
    precondition(
      features.block == gate.block && features.precision == gate.precision
        && features.dense == request.outputs[0].dense,
      "\(features) and its gate \(gate) lie differently")
    gating = ck_gating(
      layout: features.kernel, gate: gate.kernel, threads: Int32(request.threads))
    scratchBytes = withUnsafePointer(to: gating) { floatBytes(ck_multiply_scratch($0)) }
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    var gating = gating
    ck_multiply(&gating, tensors.input(0), tensors.input(1), tensors.output(), 0)
  }

  func backward() {
    var gating = gating
    let gradient = tensors.outputGradient
    if let gate = tensors.inputGradient(1) {
      ck_multiply_gate_gradient(
        &gating, tensors.input(0), gradient, gate, tensors.accumulates(1), tensors.floatScratch)
    }
    if let features = tensors.inputGradient(0) {
      ck_multiply(&gating, gradient, tensors.input(1), features, tensors.accumulates(0))
    }
  }
}
