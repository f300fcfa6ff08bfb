package import CKernels
internal import Groundwork

/// What the kernels read their tensors through.
extension HostTensors {
  package func input(_ index: Int = 0) -> ck_tensor { inputs[index].kernel }
  package func output(_ index: Int = 0) -> ck_tensor { outputs[index].kernel }

  var outputGradient: ck_tensor { placedOutputGradient.kernel }

  var placedOutputGradient: HostTensor {
    guard let gradient = outputGradients[0] else {
      preconditionFailure("backward of node \(node) without the gradient of its output")
    }
    return gradient
  }

  /// Nil where it is not wanted.
  func inputGradient(_ index: Int = 0) -> ck_tensor? { inputGradients[index]?.kernel }

  /// 1 or 0, as the C kernels take it.
  package func accumulates(_ index: Int = 0) -> Int32 { accumulates[index] ? 1 : 0 }

  var floatScratch: UnsafeMutablePointer<Float>? {
    scratch?.assumingMemoryBound(to: Float.self)
  }

  var floatWorkspace: UnsafeMutablePointer<Float>? {
    workspace?.assumingMemoryBound(to: Float.self)
  }
}

extension HostTensor {
  package var kernel: ck_tensor { layout.kernel(at: start) }

  /// The values of a tensor that is stored as `f32`, sample behind sample.
  package var floats: UnsafeMutablePointer<Float> {
    precondition(layout.precision == .f32 && layout.wideStride == nil, "\(layout) is not plain f32")
    return start.assumingMemoryBound(to: Float.self)
  }

  package var bytes: UnsafeMutablePointer<UInt8> { start.assumingMemoryBound(to: UInt8.self) }
}

extension ck_tensor {
  /// A tensor that is not wanted.
  package static var none: ck_tensor { ck_tensor(values: nil, stride: 0, type: Int32(CK_F32)) }
}

/// Bytes of a number of floats.
func floatBytes(_ count: Int) -> Int { count * MemoryLayout<Float>.stride }
