/// What the kernels read their tensors through.
extension KernelTensors {
  /// What a kernel holds until it is bound; any access traps.
  static var unbound: KernelTensors { KernelTensors(node: 0, inputs: [], outputs: []) }

  func input(_ index: Int = 0) -> UnsafeMutablePointer<Float> {
    inputs[index].assumingMemoryBound(to: Float.self)
  }

  func output(_ index: Int = 0) -> UnsafeMutablePointer<Float> {
    outputs[index].assumingMemoryBound(to: Float.self)
  }

  var outputGradient: UnsafeMutablePointer<Float> {
    guard let gradient = outputGradients[0] else {
      preconditionFailure("backward of node \(node) without the gradient of its output")
    }
    return gradient
  }

  /// Nil where it is not wanted.
  func inputGradient(_ index: Int = 0) -> UnsafeMutablePointer<Float>? { inputGradients[index] }

  /// 1 or 0, as the C kernels take it.
  func accumulates(_ index: Int = 0) -> Int32 { accumulates[index] ? 1 : 0 }

  var floatScratch: UnsafeMutablePointer<Float>? {
    scratch?.assumingMemoryBound(to: Float.self)
  }

  var floatWorkspace: UnsafeMutablePointer<Float>? {
    workspace?.assumingMemoryBound(to: Float.self)
  }
}

/// Bytes of a number of floats.
func floatBytes(_ count: Int) -> Int { count * MemoryLayout<Float>.stride }
